package dev.millrace.table.mapping;

import dev.millrace.table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a value is in a JSON message: {@code a/b/c}, with array steps {@code a/b[0]/c}. Names are
 * case-sensitive and match what the message's names mean, not how they are escaped. Empty names
 * between slashes are passed over, as the old connectors did.
 */
public record JsonPath(List<Step> steps) {

  /** One step down. */
  public sealed interface Step {}

  /** Into an object's member. */
  public record Name(String name) implements Step {}

  /** Into an array's element, from 0. */
  public record Index(int index) implements Step {}

  private static final Pattern PART = Pattern.compile("([^\\[\\]]*)((?:\\[[0-9]{1,9}])*)");
  private static final Pattern INDEX = Pattern.compile("\\[([0-9]+)]");

  public JsonPath {
    steps = List.copyOf(steps);
  }

  /**
   * The column's path: its mapping, or its name where it has none.
   *
   * @throws MappingException where the mapping is no path
   */
  public static JsonPath of(Column column) {
    if (column.mapping().isEmpty()) {
      return new JsonPath(List.of(new Name(column.name())));
    }
    return parse(column.mapping().get());
  }

  /**
   * Reads a path that leads somewhere.
   *
   * @throws MappingException where it is no path
   */
  public static JsonPath parse(String mapping) {
    List<Step> steps = new ArrayList<>();
    for (String part : mapping.split("/", -1)) {
      Matcher matcher = PART.matcher(part);
      if (!matcher.matches()) {
        throw notAPath(mapping);
      }
      if (!matcher.group(1).isEmpty()) {
        steps.add(new Name(matcher.group(1)));
      }
      Matcher index = INDEX.matcher(matcher.group(2));
      while (index.find()) {
        steps.add(new Index(Integer.parseInt(index.group(1))));
      }
    }
    if (steps.isEmpty()) {
      throw notAPath(mapping);
    }
    return new JsonPath(steps);
  }

  /**
   * The same, and {@code /} is the path of the whole document, without a step.
   *
   * @throws MappingException where it is no path
   */
  public static JsonPath parseOrWhole(String mapping) {
    return mapping.equals("/") ? new JsonPath(List.of()) : parse(mapping);
  }

  /** The rest of the path behind another one that it begins with; none where it does not. */
  public Optional<JsonPath> below(JsonPath beginning) {
    int length = beginning.steps.size();
    boolean begins = steps.size() >= length && steps.subList(0, length).equals(beginning.steps);
    return begins
        ? Optional.of(new JsonPath(steps.subList(length, steps.size())))
        : Optional.empty();
  }

  private static MappingException notAPath(String mapping) {
    return new MappingException(
        "mapping",
        "'" + mapping + "' is not a path. Write names with slashes between, as in a/b or a/b[0]/c");
  }
}
