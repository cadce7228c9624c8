package dev.millrace.emulator.http;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/**
 * What is sent back.
 *
 * @param body buffers to be sent one after the other
 * @param delay how long to wait before sending
 */
public record Reply(
    int status,
    String contentType,
    String requestId,
    List<ByteBuffer> body,
    Duration delay,
    Delivery delivery)
    implements Outcome {

  /** How much of a reply reaches the client. */
  public enum Delivery {
    WHOLE,
    /** Half of the body is sent, then the connection is closed. */
    CUT,
    /** The connection is closed without a word. */
    NONE
  }

  long bodyBytes() {
    return body.stream().mapToLong(ByteBuffer::remaining).sum();
  }
}
