package dev.millrace.cli;

import dev.millrace.cli.output.Screen;
import dev.millrace.local.fill.FillListener;
import dev.millrace.local.fill.FillProgress;
import dev.millrace.read.Estimate;
import java.time.Duration;
import java.util.Locale;

/**
 * Tells how reading goes: an estimate where there is much to read, and, on a terminal, a line that
 * is drawn over. Short reads stay silent.
 */
final class ProgressLine implements FillListener, AutoCloseable {
  private static final long SILENT_NANOS = Duration.ofMillis(700).toNanos();
  private static final long BETWEEN_NANOS = Duration.ofMillis(100).toNanos();

  private final Console console;
  private final long began = System.nanoTime();
  private long drawn = began + SILENT_NANOS - BETWEEN_NANOS;
  private final Told told;
  private FillProgress last = new FillProgress(0, 0, 0, 0, Duration.ZERO);
  private boolean visible;

  /** Whether what was read is told at the end, too. */
  enum Told {
    WHILE_READING,
    AND_AT_THE_END
  }

  ProgressLine(Console console, Told told) {
    this.console = console;
    this.told = told;
  }

  @Override
  public void estimated(Estimate estimate) {
    erase();
    console.say(
        "millrace: about "
            + size(estimate.bytes().orElse(estimate.mostBytes()))
            + " to read in "
            + estimate.shards()
            + (estimate.shards() == 1 ? " shard" : " shards")
            + ", at least "
            + time(estimate.time())
            + " at the service's limits; newest first. --max-wait answers from what is there by"
            + " then");
  }

  @Override
  public void progressed(FillProgress progress) {
    last = progress;
    long now = System.nanoTime();
    if (console.errScreen() != Screen.TERMINAL || now - drawn < BETWEEN_NANOS) {
      return;
    }
    drawn = now;
    visible = true;
    console
        .err()
        .printf(
            Locale.ROOT,
            "\r\u001b[K%,d records, %s, %d of %d shards done, %s%s",
            progress.records(),
            size(progress.bytes()),
            progress.shardsDone(),
            progress.shards(),
            progress.behind().toSeconds() > 0 ? time(progress.behind()) + " behind, " : "",
            time(Duration.ofNanos(now - began)));
    console.err().flush();
  }

  /** Takes the line away; what comes next begins where it stood. */
  @Override
  public void close() {
    erase();
    if (told == Told.AND_AT_THE_END) {
      console.say(
          "millrace: read %,d records, %s, from %d shards"
              .formatted(last.records(), size(last.bytes()), last.shards()));
    }
  }

  private void erase() {
    if (visible) {
      console.err().print("\r\u001b[K");
      console.err().flush();
      visible = false;
    }
  }

  static String size(long bytes) {
    if (bytes < 1000) {
      return bytes + " B";
    }
    String[] units = {"kB", "MB", "GB", "TB", "PB"};
    double value = bytes / 1000.0;
    int unit = 0;
    while (value >= 999.95 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
  }

  static String time(Duration time) {
    long seconds = Math.max(1, time.toSeconds());
    if (seconds < 120) {
      return seconds + " s";
    }
    return seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
  }
}
