package dev.millrace.infer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The columns of JSON objects, in the order first met. Objects inside are columns for each of their
 * members, unless their members are data, or there would be too many columns: then they are one.
 */
final class JsonColumns {
  static final int MAX_COLUMNS = 200;

  private static final int MAX_DEPTH = 8;

  /** What a path cannot name. */
  private static final Pattern UNMAPPABLE = Pattern.compile(".*[/\\[\\]].*|", Pattern.DOTALL);

  private final Shape root;
  private final ColumnNames names;
  private final Findings findings;

  /** Objects that are one column so that there are not too many. */
  private final Set<Shape> folded = Collections.newSetFromMap(new IdentityHashMap<>());

  private record Leaf(List<String> path, Shape shape) {}

  JsonColumns(Shape root, ColumnNames names, Findings findings) {
    this.root = root;
    this.names = names;
    this.findings = findings;
  }

  List<GuessedColumn> guess() {
    List<Leaf> leaves = leaves();
    while (leaves.size() > MAX_COLUMNS && fold()) {
      leaves = leaves();
    }
    List<GuessedColumn> columns = new ArrayList<>();
    for (Leaf leaf : mostFrequent(leaves)) {
      columns.add(column(leaf));
    }
    noteUnmappable();
    return columns;
  }

  private List<Leaf> leaves() {
    List<Leaf> leaves = new ArrayList<>();
    collect(root, List.of(), leaves);
    return leaves;
  }

  private void collect(Shape object, List<String> path, List<Leaf> into) {
    for (Map.Entry<String, Shape> member : object.members().entrySet()) {
      if (isUnmappable(member.getKey())) {
        continue;
      }
      List<String> inner = new ArrayList<>(path);
      inner.add(member.getKey());
      if (isExpanded(member.getValue(), inner.size())) {
        collect(member.getValue(), inner, into);
      } else {
        into.add(new Leaf(inner, member.getValue()));
      }
    }
  }

  private boolean isExpanded(Shape shape, int depth) {
    return depth < MAX_DEPTH
        && shape.isOnly(ValueKind.OBJECT)
        && !shape.members().isEmpty()
        && !shape.isTruncated()
        && !folded.contains(shape)
        && shape.members().keySet().stream().noneMatch(JsonColumns::isUnmappable)
        && !MapLike.is(shape);
  }

  /** Makes one column of the object that has most; false where there is no object left. */
  private boolean fold() {
    List<Shape> expanded = new ArrayList<>();
    collectExpanded(root, 1, expanded);
    Optional<Shape> largest =
        expanded.stream().max(Comparator.comparingInt(shape -> shape.members().size()));
    largest.ifPresent(folded::add);
    return largest.isPresent();
  }

  private void collectExpanded(Shape object, int depth, List<Shape> into) {
    for (Shape member : object.members().values()) {
      if (isExpanded(member, depth)) {
        into.add(member);
        collectExpanded(member, depth + 1, into);
      }
    }
  }

  private List<Leaf> mostFrequent(List<Leaf> leaves) {
    if (leaves.size() <= MAX_COLUMNS) {
      return leaves;
    }
    Set<Leaf> kept = new HashSet<>();
    leaves.stream()
        .sorted(Comparator.comparingLong((Leaf leaf) -> leaf.shape().values()).reversed())
        .limit(MAX_COLUMNS)
        .forEach(kept::add);
    findings.note(
        "The messages have "
            + leaves.size()
            + " members; the "
            + MAX_COLUMNS
            + " met most are columns. The whole message is in the column _message.");
    return leaves.stream().filter(kept::contains).toList();
  }

  private GuessedColumn column(Leaf leaf) {
    String name = names.of(leaf.path());
    boolean same = leaf.path().equals(List.of(name));
    TypeGuess guess = TypeGuess.of(leaf.shape(), ColumnNames.snakeCase(last(leaf.path())));
    Optional<String> mapping = same ? Optional.empty() : Optional.of(String.join("/", leaf.path()));
    return GuessedColumn.of(name, mapping, leaf.shape(), guess);
  }

  private static String last(List<String> path) {
    return path.get(path.size() - 1);
  }

  private static boolean isUnmappable(String name) {
    return UNMAPPABLE.matcher(name).matches();
  }

  private void noteUnmappable() {
    long count = root.members().keySet().stream().filter(JsonColumns::isUnmappable).count();
    if (count > 0 || root.isTruncated()) {
      findings.note(
          (root.isTruncated() ? "Some members" : count == 1 ? "1 member" : count + " members")
              + " of the messages cannot be a column, because no path leads there: the column"
              + " _message has the whole message.");
    }
  }
}
