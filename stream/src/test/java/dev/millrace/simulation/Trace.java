package dev.millrace.simulation;

import java.util.function.Consumer;
import java.util.function.Supplier;

/** What happened: as a number to compare two runs by, and in words for whoever wants to see. */
final class Trace {
  private final Consumer<String> lines;
  private final boolean isSpoken;
  private long hash = 0xCBF29CE484222325L;

  private Trace(Consumer<String> lines, boolean isSpoken) {
    this.lines = lines;
    this.isSpoken = isSpoken;
  }

  static Trace silent() {
    return new Trace(line -> {}, false);
  }

  static Trace to(Consumer<String> lines) {
    return new Trace(lines, true);
  }

  void add(long now, long what, Supplier<String> words) {
    hash = (hash ^ now) * 0x100000001B3L;
    hash = (hash ^ what) * 0x100000001B3L;
    if (isSpoken) {
      lines.accept(now / Scheduler.MILLI + " ms  " + words.get());
    }
  }

  long hash() {
    return hash;
  }
}
