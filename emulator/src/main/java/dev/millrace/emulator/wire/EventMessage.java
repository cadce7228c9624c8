package dev.millrace.emulator.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * One message of an event stream, {@code application/vnd.amazon.eventstream}:
 *
 * <pre>
 *   uint32 length of all   uint32 length of the headers   uint32 CRC of these eight bytes
 *   headers: uint8 length, name, 7, uint16 length, text   payload   uint32 CRC of all before
 * </pre>
 */
public final class EventMessage {
  public static final String CONTENT_TYPE = "application/vnd.amazon.eventstream";

  private static final int PRELUDE_BYTES = 3 * Integer.BYTES;
  private static final byte TEXT = 7;

  private EventMessage() {}

  /** A message of that event type, as buffers to be sent one after the other. */
  public static List<ByteBuffer> event(String type, WireFormat format, Answer payload) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(":event-type", type);
    headers.put(":content-type", format.contentType());
    headers.put(":message-type", "event");
    return message(headers, payload.encode(format));
  }

  /** A message that says why the stream of events ends. */
  public static List<ByteBuffer> exception(WireFormat format, ServiceException error) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(":exception-type", error.code());
    headers.put(":content-type", format.contentType());
    headers.put(":message-type", "exception");
    return message(headers, Answer.of(error).encode(format));
  }

  private static List<ByteBuffer> message(Map<String, String> headers, List<ByteBuffer> payload) {
    int headerBytes =
        headers.entrySet().stream()
            .mapToInt(header -> 4 + header.getKey().length() + header.getValue().length())
            .sum();
    int payloadBytes = payload.stream().mapToInt(ByteBuffer::remaining).sum();
    ByteBuffer head = ByteBuffer.allocate(PRELUDE_BYTES + headerBytes);
    head.putInt(PRELUDE_BYTES + headerBytes + payloadBytes + Integer.BYTES).putInt(headerBytes);
    head.putInt(checksum(List.of(head.duplicate().flip())));
    headers.forEach((name, value) -> putHeader(head, name, value));
    List<ByteBuffer> message = new ArrayList<>(payload.size() + 2);
    message.add(head.flip());
    message.addAll(payload);
    message.add(ByteBuffer.allocate(Integer.BYTES).putInt(checksum(message)).flip());
    return message;
  }

  private static void putHeader(ByteBuffer out, String name, String value) {
    out.put((byte) name.length()).put(name.getBytes(StandardCharsets.US_ASCII));
    out.put(TEXT).putShort((short) value.length());
    out.put(value.getBytes(StandardCharsets.US_ASCII));
  }

  private static int checksum(List<ByteBuffer> parts) {
    CRC32 crc = new CRC32();
    for (ByteBuffer part : parts) {
      crc.update(part.duplicate());
    }
    return (int) crc.getValue();
  }
}
