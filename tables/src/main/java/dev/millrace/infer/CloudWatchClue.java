package dev.millrace.infer;

import dev.millrace.table.Envelope;
import java.util.Optional;
import java.util.Set;

/** A CloudWatch Logs subscription. */
final class CloudWatchClue implements Clue {
  private static final Set<String> NAMES = Set.of("messageType", "logGroup", "logEvents");

  @Override
  public Optional<Envelope> find(Opened opened) {
    return !Wrappers.isInside(opened)
            && Share.isEnough(opened.messages(), m -> JsonLook.names(m).containsAll(NAMES))
        ? Optional.of(new Envelope.CloudWatchLogs())
        : Optional.empty();
  }
}
