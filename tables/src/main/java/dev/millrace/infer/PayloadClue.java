package dev.millrace.infer;

import dev.millrace.table.Envelope;
import dev.millrace.table.Envelope.JsonWrapper;
import java.util.Optional;
import java.util.Set;

/** The object of {@code schema} and {@code payload} that Kafka Connect puts around a change. */
final class PayloadClue implements Clue {
  private static final Set<String> NAMES = Set.of("schema", "payload");

  @Override
  public Optional<Envelope> find(Opened opened) {
    return !Wrappers.isInside(opened)
            && Share.isEnough(opened.messages(), m -> JsonLook.names(m).equals(NAMES))
        ? Optional.of(new JsonWrapper(Optional.empty(), Optional.of("payload")))
        : Optional.empty();
  }
}
