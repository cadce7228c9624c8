package dev.millrace.infer;

import dev.millrace.table.Envelope;
import dev.millrace.table.Envelope.JsonWrapper;
import java.util.Optional;

/** A JSON array of objects, each of which is a message. */
final class JsonArrayClue implements Clue {
  private static final String WHOLE = "/";

  @Override
  public Optional<Envelope> find(Opened opened) {
    return !opened.has(JsonWrapper.class)
            && Share.isEnough(opened.messages(), JsonLook::isArrayOfObjects)
        ? Optional.of(new JsonWrapper(Optional.of(WHOLE), Optional.empty()))
        : Optional.empty();
  }
}
