package dev.millrace.emulator.limits;

/**
 * What a shard's pollers were given, and how often they were refused.
 *
 * @param firstMillis when the first answer that had any bytes was given
 * @param lastBytes of the last answer that had any, at {@code lastMillis}
 */
public record ReadTally(
    long answers, long refused, long bytes, long firstMillis, long lastBytes, long lastMillis) {
  static final ReadTally NONE = new ReadTally(0, 0, 0, 0, 0, 0);

  ReadTally refusal() {
    return new ReadTally(answers, refused + 1, bytes, firstMillis, lastBytes, lastMillis);
  }

  ReadTally answer(long more, long nowMillis) {
    if (more == 0) {
      return new ReadTally(answers + 1, refused, bytes, firstMillis, lastBytes, lastMillis);
    }
    long first = bytes == 0 ? nowMillis : firstMillis;
    return new ReadTally(answers + 1, refused, bytes + more, first, more, nowMillis);
  }
}
