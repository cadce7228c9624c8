package dev.millrace.decode.envelope;

import dev.millrace.decode.json.JsonScanner;
import dev.millrace.decode.json.JsonSyntaxException;
import dev.millrace.table.Envelope;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** What a subscription filter of CloudWatch Logs sends. */
final class CloudWatchLogsOpener implements Opener {
  private static final byte[] MESSAGE_TYPE = bytes("messageType");
  private static final byte[] DATA = bytes("DATA_MESSAGE");
  private static final byte[] CONTROL = bytes("CONTROL_MESSAGE");

  private final JsonScanner scanner = new JsonScanner();
  private final Opener events =
      new JsonWrapperOpener(
          new Envelope.JsonWrapper(Optional.of("logEvents"), Optional.of("logEvents/message")));

  private enum Kind {
    DATA,
    CONTROL,
    OTHER
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void open(byte[] buffer, int offset, int length, MessageContext context, Messages inner) {
    context.wrapper().clear();
    if (GzipCodec.isGzip(buffer, offset, length)) {
      inner.damaged(
          "the message is gzip, as CloudWatch Logs sends it; set \"compressionCodec\": \"AUTOMATIC\"");
      return;
    }
    scanner.reset(buffer, offset, length);
    Kind kind;
    try {
      if (scanner.atEnd()) {
        inner.damaged(Broken.EMPTY);
        return;
      }
      kind = kind();
    } catch (JsonSyntaxException e) {
      inner.damaged(Broken.at(e));
      return;
    }
    switch (kind) {
      case DATA -> events.open(buffer, offset, length, context, inner);
      case CONTROL -> {}
      case OTHER ->
          inner.damaged(
              "the message is not of CloudWatch Logs: its messageType is not DATA_MESSAGE or"
                  + " CONTROL_MESSAGE");
    }
  }

  /** Looks no further than the type, which CloudWatch Logs writes first. */
  private Kind kind() {
    if (scanner.peek() != '{') {
      scanner.skipValue();
      return Kind.OTHER;
    }
    for (boolean more = scanner.enterObject(); more; more = scanner.nextMember()) {
      scanner.name();
      if (isToken(MESSAGE_TYPE) && scanner.peek() == '"') {
        scanner.string();
        return isToken(DATA) ? Kind.DATA : isToken(CONTROL) ? Kind.CONTROL : Kind.OTHER;
      }
      scanner.skipValue();
    }
    return Kind.OTHER;
  }

  private boolean isToken(byte[] expected) {
    return Arrays.equals(
        scanner.buffer(), scanner.tokenStart(), scanner.tokenEnd(), expected, 0, expected.length);
  }
}
