package dev.millrace.decode.time;

/**
 * A date, a time of day or both, with the distance to UTC: what a time format reads. Reused from
 * value to value. Without a distance it is UTC; without a time it is midnight.
 */
public final class Moment {
  public static final long SECONDS_PER_DAY = 86_400;

  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private static final long FIRST_SECOND = -62_135_596_800L;
  private static final long LAST_SECOND = 253_402_300_799L;

  private boolean hasDate;
  private boolean hasTime;
  private long epochDay;
  private int secondOfDay;
  private int nano;
  private int offsetSeconds;

  public void clear() {
    hasDate = false;
    hasTime = false;
    epochDay = 0;
    secondOfDay = 0;
    nano = 0;
    offsetSeconds = 0;
  }

  /** A day since the epoch. */
  public void setDate(long day) {
    hasDate = true;
    epochDay = day;
  }

  void setTime(int seconds, int nanos) {
    hasTime = true;
    secondOfDay = seconds;
    nano = nanos;
  }

  void setOffset(int seconds) {
    offsetSeconds = seconds;
  }

  /** A time of day; none where there is no such one. */
  public void setTimeOfDay(long nanos) {
    if (nanos >= 0 && nanos < SECONDS_PER_DAY * NANOS_PER_SECOND) {
      setTime((int) (nanos / NANOS_PER_SECOND), (int) (nanos % NANOS_PER_SECOND));
    }
  }

  public void setInstant(long epochSecond, int nanos) {
    setDate(Math.floorDiv(epochSecond, SECONDS_PER_DAY));
    setTime((int) Math.floorMod(epochSecond, SECONDS_PER_DAY), nanos);
  }

  public boolean hasDate() {
    return hasDate;
  }

  public boolean hasTime() {
    return hasTime;
  }

  /** Whether it is in the years 1 to 9999, which every engine can hold and show. */
  public boolean isInRange() {
    long second = epochSecond();
    return second >= FIRST_SECOND && second <= LAST_SECOND;
  }

  public long epochSecond() {
    return epochDay * SECONDS_PER_DAY + secondOfDay - offsetSeconds;
  }

  /** Nanoseconds within the second. */
  public int nano() {
    return nano;
  }

  /** Time of day in UTC. */
  public long utcNanoOfDay() {
    return Math.floorMod(secondOfDay - offsetSeconds, (int) SECONDS_PER_DAY) * NANOS_PER_SECOND
        + nano;
  }
}
