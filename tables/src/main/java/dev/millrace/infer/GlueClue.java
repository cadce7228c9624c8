package dev.millrace.infer;

import dev.millrace.table.Envelope;
import java.util.Optional;

/** The header of AWS Glue Schema Registry: 3, how it is compressed, and a UUID. */
final class GlueClue implements Clue {
  private static final int HEADER_BYTES = 18;

  @Override
  public Optional<Envelope> find(Opened opened) {
    return !opened.has(Envelope.GlueHeader.class)
            && Share.isEnough(opened.messages(), GlueClue::hasHeader)
        ? Optional.of(new Envelope.GlueHeader())
        : Optional.empty();
  }

  /** Two bytes are little to go by, so the UUID has to be one. */
  private static boolean hasHeader(Message message) {
    byte[] bytes = message.bytes();
    if (bytes.length < HEADER_BYTES || bytes[0] != 3 || (bytes[1] != 0 && bytes[1] != 5)) {
      return false;
    }
    int version = (bytes[8] & 0xFF) >> 4;
    int variant = (bytes[10] & 0xFF) >> 6;
    return version >= 1 && version <= 8 && variant == 2;
  }
}
