package dev.millrace.infer;

import dev.millrace.table.Envelope;
import java.util.List;
import java.util.Optional;

/** Several lines of separated values; other text of several lines is one message. */
final class LinesClue implements Clue {

  @Override
  public Optional<Envelope> find(Opened opened) {
    boolean several = opened.messages().stream().anyMatch(m -> m.line().indexOf('\n') >= 0);
    if (!several
        || opened.has(Envelope.Lines.class)
        || opened.messages().stream().anyMatch(m -> JsonLook.of(m) != JsonLook.Kind.NONE)
        || !Share.isEnough(opened.messages(), Message::isUtf8)) {
      return Optional.empty();
    }
    List<String> lines =
        opened.messages().stream()
            .filter(Message::isUtf8)
            .flatMap(m -> m.line().lines())
            .filter(line -> !line.isEmpty())
            .toList();
    return SeparatedValues.find(lines).isPresent()
        ? Optional.of(new Envelope.Lines())
        : Optional.empty();
  }
}
