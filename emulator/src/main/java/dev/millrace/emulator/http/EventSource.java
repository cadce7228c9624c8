package dev.millrace.emulator.http;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Where the body of an answer that goes on comes from. The connection asks for the next part
 * whenever the client has room for it, so a source holds nothing back and never sends too much.
 */
public interface EventSource {

  /** What to send now. Called on the connection's thread: it must not block. */
  Part next();

  /** Has {@code wake} called, by any thread, whenever there may be a part where was none. */
  void onChange(Runnable wake);

  /** The answer is over, for whatever reason; nothing is asked any more. */
  void close();

  /** What one question leads to. */
  enum Kind {
    /** The body is sent and the source is asked again. */
    BYTES,
    /** There is nothing to send now. */
    NOTHING,
    /** The answer is complete. */
    LAST,
    /** The body is sent, then the stream is reset; without HTTP/2 the connection is closed. */
    RESET,
    /** The body is sent, then the connection is closed with everything else it carries. */
    CUT
  }

  /**
   * What to send, as buffers to be sent one after the other.
   *
   * @param body none where the kind has nothing to send
   */
  record Part(Kind kind, List<ByteBuffer> body) {
    public static final Part NOTHING = new Part(Kind.NOTHING, List.of());
    public static final Part LAST = new Part(Kind.LAST, List.of());
  }
}
