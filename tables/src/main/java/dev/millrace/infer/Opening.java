package dev.millrace.infer;

import dev.millrace.table.Envelope;
import java.util.List;
import java.util.Optional;

/** Opens envelopes, from the outside in, until no message looks like one. */
final class Opening {
  /** Nobody wraps more often; a message that always looks wrapped must not be opened for ever. */
  private static final int MAX_ENVELOPES = 8;

  /** Those that little can be mistaken for come first. */
  private static final List<Clue> CLUES =
      List.of(
          new CompressionClue(),
          new GlueClue(),
          new CloudWatchClue(),
          new PayloadClue(),
          new JsonSeriesClue(),
          new JsonArrayClue(),
          new Base64Clue(),
          new LinesClue());

  private Opening() {}

  static Opened open(List<Message> messages) {
    Opened opened = Opened.of(messages);
    for (int i = 0; i < MAX_ENVELOPES; i++) {
      Optional<Envelope> next = next(opened);
      if (next.isEmpty()) {
        break;
      }
      opened = opened.inside(next.get(), Contents.of(next.get(), opened.messages()));
    }
    return opened;
  }

  private static Optional<Envelope> next(Opened opened) {
    return CLUES.stream().flatMap(clue -> clue.find(opened).stream()).findFirst();
  }
}
