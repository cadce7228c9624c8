package dev.millrace.infer;

import dev.millrace.stream.SequenceNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Collects what there is to say beside the definition. */
final class Findings {
  private final List<Conflict> conflicts = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  List<Conflict> conflicts() {
    return conflicts;
  }

  List<String> notes() {
    return notes;
  }

  void note(String sentence) {
    notes.add(sentence);
  }

  void conflict(
      String subject, String detail, String outcome, String example, SequenceNumber record) {
    conflicts.add(new Conflict(subject, detail, outcome, example, record));
  }

  /** Notes the messages that are not like most of them, if there are such. */
  void exceptions(List<Message> messages, Predicate<Message> fits, String what, String otherwise) {
    Optional<Message> other = messages.stream().filter(fits.negate()).findFirst();
    if (other.isPresent()) {
      long count = messages.stream().filter(fits).count();
      conflict(
          "messages",
          Share.percent(count, messages.size())
              + " "
              + what
              + ", "
              + Share.percent(messages.size() - count, messages.size())
              + " not",
          otherwise,
          "",
          other.get().record());
    }
  }

  /** Notes a column whose values are of several kinds, unless it is text that can be anything. */
  void mixed(GuessedColumn guessed) {
    Shape shape = guessed.shape();
    List<ValueKind> kinds = shape.kindsByCount();
    if (!guessed.mixed() || kinds.size() < 2) {
      return;
    }
    boolean proseWithExceptions = kinds.get(0) == ValueKind.TEXT && allTexts(kinds);
    ValueKind rarest = kinds.get(kinds.size() - 1);
    if (!proseWithExceptions && shape.example(rarest).isPresent()) {
      Shape.Example example = shape.example(rarest).get();
      conflict(
          guessed.column().name(),
          shares(shape, kinds),
          guessed.column().type().toString(),
          example.text(),
          example.record());
    }
  }

  private static boolean allTexts(List<ValueKind> kinds) {
    return kinds.stream()
        .allMatch(
            kind ->
                switch (kind) {
                  case TEXT, UUID, DATE, INSTANT, LOCAL_TIME -> true;
                  default -> false;
                });
  }

  private static String shares(Shape shape, List<ValueKind> kinds) {
    List<String> shares = new ArrayList<>();
    for (ValueKind kind : kinds) {
      shares.add(Share.percent(shape.count(kind), shape.values()) + " " + kind.plural());
    }
    return String.join(", ", shares);
  }
}
