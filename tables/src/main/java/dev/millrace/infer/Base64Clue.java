package dev.millrace.infer;

import dev.millrace.infer.JsonLook.Kind;
import dev.millrace.table.Compression;
import dev.millrace.table.Envelope;
import java.util.List;
import java.util.Optional;

/** Base64 whose content is something known: much text could be base64 of anything. */
final class Base64Clue implements Clue {
  private static final int MIN_CHARACTERS = 8;

  @Override
  public Optional<Envelope> find(Opened opened) {
    return Share.isEnough(opened.messages(), Base64Clue::holdsSomethingKnown)
        ? Optional.of(new Envelope.Base64())
        : Optional.empty();
  }

  private static boolean holdsSomethingKnown(Message message) {
    return message.bytes().length >= MIN_CHARACTERS
        && Contents.of(new Envelope.Base64(), List.of(message)).stream()
            .anyMatch(Base64Clue::isKnown);
  }

  private static boolean isKnown(Message message) {
    Kind json = JsonLook.of(message);
    return json == Kind.OBJECT
        || json == Kind.OBJECTS
        || json == Kind.ARRAY
        || CompressionClue.of(message) != Compression.UNCOMPRESSED;
  }
}
