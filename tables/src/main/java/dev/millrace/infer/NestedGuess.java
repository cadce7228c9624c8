package dev.millrace.infer;

import dev.millrace.table.ColumnType;
import dev.millrace.table.ColumnType.Array;
import dev.millrace.table.ColumnType.Field;
import dev.millrace.table.ColumnType.Plain;
import dev.millrace.table.ColumnType.Row;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The type of values that have parts: as SQL types where they are all alike, else as JSON, which
 * takes whatever the next message has.
 */
final class NestedGuess {
  private static final int MAX_FIELDS = 20;

  private NestedGuess() {}

  /** For a shape of objects alone, or of arrays alone. */
  static TypeGuess of(Shape shape) {
    return TypeGuess.of(
        (shape.isOnly(ValueKind.ARRAY) ? array(shape) : map(shape)).orElse(Plain.JSON));
  }

  private static Optional<ColumnType> array(Shape shape) {
    return shape.elements().flatMap(NestedGuess::element).map(Array::new);
  }

  private static Optional<ColumnType> element(Shape element) {
    return element.isOnly(ValueKind.OBJECT) ? row(element) : scalar(element);
  }

  private static Optional<ColumnType> scalar(Shape shape) {
    if (shape.values() == 0
        || shape.count(ValueKind.OBJECT) > 0
        || shape.count(ValueKind.ARRAY) > 0) {
      return Optional.empty();
    }
    TypeGuess guess = TypeGuess.of(shape, "");
    return guess.mixed() ? Optional.empty() : Optional.of(guess.type());
  }

  /** Objects that nearly always have the same few members, none of which has parts. */
  private static Optional<ColumnType> row(Shape objects) {
    long count = objects.count(ValueKind.OBJECT);
    Set<String> names = new HashSet<>();
    List<Field> fields = new ArrayList<>();
    for (Map.Entry<String, Shape> member : objects.members().entrySet()) {
      Shape value = member.getValue();
      Optional<ColumnType> type = value.values() == 0 ? Optional.of(Plain.VARCHAR) : scalar(value);
      boolean usual = 10 * (value.values() + value.count(ValueKind.NULL)) >= 9 * count;
      if (type.isEmpty() || !usual || !names.add(member.getKey().toLowerCase(Locale.ROOT))) {
        return Optional.empty();
      }
      fields.add(new Field(member.getKey(), type.get()));
    }
    boolean fits = !fields.isEmpty() && fields.size() <= MAX_FIELDS && !names.contains("");
    return fits && !objects.isTruncated() ? Optional.of(new Row(fields)) : Optional.empty();
  }

  /** Objects whose names are data, with values of one type. */
  private static Optional<ColumnType> map(Shape objects) {
    if (!MapLike.is(objects) || objects.isTruncated()) {
      return Optional.empty();
    }
    Set<ColumnType> types = new HashSet<>();
    for (Shape value : objects.members().values()) {
      Optional<ColumnType> type = scalar(value);
      if (type.isPresent()) {
        types.add(type.get());
      } else if (value.values() > 0) {
        return Optional.empty();
      }
    }
    return types.size() == 1
        ? Optional.of(new ColumnType.Map(Plain.VARCHAR, types.iterator().next()))
        : Optional.empty();
  }
}
