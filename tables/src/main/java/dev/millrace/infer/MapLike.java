package dev.millrace.infer;

import java.util.regex.Pattern;

/** Whether the names in objects are data, not fields: they differ from object to object. */
final class MapLike {
  private static final int MANY_NAMES = 16;

  /** Of the names known, an object has fewer than this part. */
  private static final double SPARSE = 0.25;

  /** What nobody would call a field: numbers, keys with hexadecimal digits, addresses. */
  private static final Pattern DATA = Pattern.compile("[0-9].*|.*[0-9a-f-]{16,}.*|.*[/@\\s].*");

  private MapLike() {}

  static boolean is(Shape objects) {
    int names = objects.members().size();
    if (objects.isTruncated() && names > MANY_NAMES) {
      return true;
    }
    long data = objects.members().keySet().stream().filter(MapLike::isData).count();
    if (names >= 3 && 2 * data > names) {
      return true;
    }
    long present =
        objects.members().values().stream()
            .mapToLong(member -> member.values() + member.count(ValueKind.NULL))
            .sum();
    return names >= MANY_NAMES && present < SPARSE * names * objects.count(ValueKind.OBJECT);
  }

  private static boolean isData(String name) {
    return DATA.matcher(name).matches();
  }
}
