package dev.millrace.table;

import dev.millrace.stream.MillraceException;
import dev.millrace.table.DefinitionProblem.Severity;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A catalog that is read at first use and then once an interval, for homes that ask for definitions
 * more often than those change. Where it cannot be read again, the definitions known stay in use,
 * with a warning that says since when; one that was read and is broken or gone is so at once, as
 * after a restart.
 *
 * <p>Any thread may call. While one reads, the others have what is known.
 */
public final class RefreshingCatalog implements Catalog {
  private final String source;
  private final Catalog catalog;
  private final Duration refreshInterval;
  private final InstantSource clock;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile @Nullable Known known;

  /**
   * What is in use.
   *
   * @param read what the catalog last gave
   * @param readAt when that was
   * @param shown the same, and what is wrong since
   * @param triedAt when reading was last begun
   */
  private record Known(Definitions read, Instant readAt, Definitions shown, Instant triedAt) {}

  /**
   * Nothing is read yet.
   *
   * @param source what the catalog is called in messages
   * @param refreshInterval how old definitions may be before they are read again; none means that
   *     they are read each time
   */
  public RefreshingCatalog(
      String source, Catalog catalog, Duration refreshInterval, InstantSource clock) {
    this.source = source;
    this.catalog = catalog;
    this.refreshInterval = refreshInterval;
    this.clock = clock;
  }

  /**
   * @throws MillraceException where they never could be read
   */
  @Override
  public Definitions load() {
    Known before = known;
    if (before != null && !isDue(before)) {
      return before.shown;
    }
    if (before != null && !reading.tryLock()) {
      return before.shown;
    }
    if (before == null) {
      reading.lock();
    }
    try {
      Known now = known;
      return now != null && !isDue(now) ? now.shown : read();
    } finally {
      reading.unlock();
    }
  }

  /**
   * Reads the definitions now, however old the known ones are.
   *
   * @throws MillraceException where they never could be read
   */
  public Definitions refresh() {
    reading.lock();
    try {
      return read();
    } finally {
      reading.unlock();
    }
  }

  /** A clock that was set back must not keep old definitions in use until it is there again. */
  private boolean isDue(Known last) {
    Duration age = Duration.between(last.triedAt, clock.instant());
    return age.isNegative() || age.compareTo(refreshInterval) >= 0;
  }

  private Definitions read() {
    Known before = known;
    Instant now = clock.instant();
    Known after;
    try {
      Definitions read = catalog.load();
      after = new Known(read, now, read, now);
    } catch (MillraceException e) {
      // Whoever was interrupted has broken off the reading: that says nothing of the catalog.
      if (before == null || Thread.currentThread().isInterrupted()) {
        throw e;
      }
      after = new Known(before.read, before.readAt, stale(before, e), now);
    }
    known = after;
    return after.shown;
  }

  private Definitions stale(Known last, MillraceException failure) {
    List<DefinitionProblem> problems = new ArrayList<>();
    problems.add(
        new DefinitionProblem(
            Severity.WARNING,
            source,
            "",
            "the definitions read at "
                + last.readAt.truncatedTo(ChronoUnit.SECONDS)
                + " are still used, because they cannot be read again: "
                + failure.getMessage()));
    problems.addAll(last.read.problems());
    return new Definitions(last.read.tables(), problems);
  }
}
