package dev.millrace.table.mapping;

/** What another library says of a fault, short enough for a line. */
public final class FirstLine {
  private static final int MAX_CHARS = 200;

  private FirstLine() {}

  /** What the failure that began it says. */
  public static String ofRoot(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return of(root);
  }

  public static String of(Throwable failure) {
    String message = failure.getMessage();
    String text = message == null ? failure.getClass().getSimpleName() : message;
    String line = text.lines().findFirst().orElse("");
    return line.length() <= MAX_CHARS ? line : line.substring(0, MAX_CHARS) + "…";
  }
}
