package dev.millrace.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The cheapest client there is: one connection, CBOR bodies, and only what a caller needs of an
 * answer is looked at. It understands answers of the emulator, not every answer of HTTP.
 */
final class RawKinesis implements AutoCloseable {
  private static final int MAX_ANSWER = 32 * 1024 * 1024;
  private static final byte[] RECORDS = "Records".getBytes(StandardCharsets.US_ASCII);

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final byte[] answer = new byte[MAX_ANSWER];
  private int bodyStart;
  private int bodyEnd;

  private RawKinesis(Socket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
  }

  static RawKinesis connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    return new RawKinesis(socket);
  }

  /** Calls, and reads the whole answer; an answer other than 200 is an exception. */
  void call(String operation, byte[] body) throws IOException {
    String head =
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-amz-cbor-1.1\r\n"
            + "X-Amz-Target: Kinesis_20131202.%s\r\nContent-Length: %d\r\n\r\n"
                .formatted(operation, body.length);
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.write(body);
    out.flush();
    readAnswer();
  }

  private void readAnswer() throws IOException {
    int read = 0;
    int headEnd = -1;
    while (headEnd < 0) {
      read += readSome(read);
      headEnd = endOfHead(read);
    }
    String head = new String(answer, 0, headEnd, StandardCharsets.US_ASCII);
    bodyStart = headEnd;
    bodyEnd = headEnd + contentLength(head);
    while (read < bodyEnd) {
      read += readSome(read);
    }
    if (!head.startsWith("HTTP/1.1 200")) {
      throw new IOException(
          head + new String(answer, bodyStart, bodyEnd - bodyStart, StandardCharsets.US_ASCII));
    }
  }

  private int readSome(int at) throws IOException {
    int read = in.read(answer, at, answer.length - at);
    if (read < 0) {
      throw new EOFException("The emulator closed the connection");
    }
    return read;
  }

  private int endOfHead(int read) {
    for (int i = 3; i < read; i++) {
      if (answer[i] == '\n' && answer[i - 2] == '\n') {
        return i + 1;
      }
    }
    return -1;
  }

  private static int contentLength(String head) {
    String name = "content-length: ";
    int start = head.indexOf(name) + name.length();
    return Integer.parseInt(head.substring(start, head.indexOf('\r', start)));
  }

  /** The text of a field near the end of the answer. */
  String lastText(String field) {
    byte[] name = field.getBytes(StandardCharsets.US_ASCII);
    for (int at = bodyEnd - name.length; at >= bodyStart; at--) {
      if (matches(name, at)) {
        int value = at + name.length;
        // Iterators are longer than 23 and shorter than 256 bytes: one byte of length.
        int length = answer[value + 1] & 0xFF;
        return new String(answer, value + 2, length, StandardCharsets.US_ASCII);
      }
    }
    throw new IllegalStateException("The answer has no " + field);
  }

  /** How many records the page holds: the array's length behind the name at its start. */
  int recordCount() {
    int at = bodyStart + 2;
    if (!matches(RECORDS, at)) {
      throw new IllegalStateException("The answer does not start with Records");
    }
    return ByteBuffer.wrap(answer).getInt(at + RECORDS.length + 1);
  }

  private boolean matches(byte[] name, int at) {
    for (int i = 0; i < name.length; i++) {
      if (answer[at + i] != name[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
