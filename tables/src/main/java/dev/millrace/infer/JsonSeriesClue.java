package dev.millrace.infer;

import dev.millrace.infer.JsonLook.Kind;
import dev.millrace.table.Envelope;
import java.util.List;
import java.util.Optional;

/** Several JSON objects in a message. */
final class JsonSeriesClue implements Clue {

  @Override
  public Optional<Envelope> find(Opened opened) {
    if (opened.has(Envelope.JsonLines.class)) {
      return Optional.empty();
    }
    List<Kind> kinds = opened.messages().stream().map(JsonLook::of).toList();
    return kinds.contains(Kind.OBJECTS)
            && Share.isEnough(kinds, kind -> kind == Kind.OBJECT || kind == Kind.OBJECTS)
        ? Optional.of(new Envelope.JsonLines())
        : Optional.empty();
  }
}
