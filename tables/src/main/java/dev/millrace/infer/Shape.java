package dev.millrace.infer;

import dev.millrace.stream.SequenceNumber;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What was seen at one place of the messages: how often which kind of value, and inside of it. */
final class Shape {
  /** Objects with more names are no records. */
  private static final int MAX_NAMES = 5_000;

  /**
   * A value of some kind.
   *
   * @param text shortened
   */
  record Example(String text, SequenceNumber record) {}

  private final Map<ValueKind, Long> counts = new EnumMap<>(ValueKind.class);
  private final Map<ValueKind, Example> examples = new EnumMap<>(ValueKind.class);
  private final Map<String, Shape> members = new LinkedHashMap<>();
  private Optional<Shape> elements = Optional.empty();
  private double least = Double.POSITIVE_INFINITY;
  private double most = Double.NEGATIVE_INFINITY;
  private int fractionDigits;
  private boolean truncated;
  private long names;

  void add(ValueKind kind, String text, SequenceNumber record) {
    counts.merge(kind, 1L, Long::sum);
    examples.computeIfAbsent(kind, k -> new Example(Shortened.of(text), record));
  }

  /** The place's name stood there in place of a value. */
  void addName() {
    names++;
  }

  /** How often the place's name was there, which no type has to take. */
  long names() {
    return names;
  }

  void addNumber(double value) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }

  void addFractionDigits(int digits) {
    fractionDigits = Math.max(fractionDigits, digits);
  }

  /** What a member is; none where there are more than are looked at. */
  Optional<Shape> member(String name) {
    if (members.size() == MAX_NAMES && !members.containsKey(name)) {
      truncated = true;
      return Optional.empty();
    }
    return Optional.of(members.computeIfAbsent(name, n -> new Shape()));
  }

  Shape element() {
    if (elements.isEmpty()) {
      elements = Optional.of(new Shape());
    }
    return elements.get();
  }

  /** Something inside was not looked at. */
  void truncate() {
    truncated = true;
  }

  long count(ValueKind kind) {
    return counts.getOrDefault(kind, 0L);
  }

  /** Values that are not null. */
  long values() {
    return counts.values().stream().mapToLong(Long::longValue).sum() - count(ValueKind.NULL);
  }

  /** The kinds of the values that are not null. */
  Set<ValueKind> kinds() {
    Set<ValueKind> kinds = new TreeSet<>(counts.keySet());
    kinds.remove(ValueKind.NULL);
    return kinds;
  }

  /** The kinds that are not null, those met most first. */
  List<ValueKind> kindsByCount() {
    List<ValueKind> kinds = new ArrayList<>(kinds());
    kinds.sort((a, b) -> Long.compare(count(b), count(a)));
    return kinds;
  }

  Optional<Example> example(ValueKind kind) {
    return Optional.ofNullable(examples.get(kind));
  }

  /** The members of the objects, in the order first met. */
  Map<String, Shape> members() {
    return members;
  }

  Optional<Shape> elements() {
    return elements;
  }

  boolean isWithin(double from, double to) {
    return least >= from && most < to;
  }

  int fractionDigits() {
    return fractionDigits;
  }

  boolean isTruncated() {
    return truncated;
  }

  boolean isOnly(ValueKind kind) {
    return kinds().equals(Set.of(kind));
  }
}
