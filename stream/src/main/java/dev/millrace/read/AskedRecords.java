package dev.millrace.read;

/**
 * How many records the next call asks for: few at first, for whoever wants no more than to know how
 * much there is, or a few rows; many soon, where those were not enough. What brought nothing says
 * nothing.
 */
final class AskedRecords {
  private static final int GROWTH = 16;

  private final int limit;
  private int most;

  AskedRecords(FetchOptions options) {
    this.limit = options.mostRecords();
    this.most = Math.min(limit, options.firstRecords());
  }

  int most() {
    return most;
  }

  /** Records came. */
  void came() {
    most = (int) Math.min(limit, (long) most * GROWTH);
  }
}
