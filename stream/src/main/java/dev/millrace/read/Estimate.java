package dev.millrace.read;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a scan will cost, said before it begins.
 *
 * @param shards how many are read
 * @param bytes about how much, where it is known of every shard
 * @param mostBytes no more than this, by what a shard takes in
 * @param calls the least number of GetRecords calls
 * @param time the least time by polling, for the bytes known or, without them, for the most
 * @param limit what keeps it from being faster
 */
public record Estimate(
    int shards, OptionalLong bytes, long mostBytes, long calls, Duration time, Limit limit) {

  /** What binds a scan. */
  public enum Limit {
    /** Nothing to speak of: a round trip for each call. */
    ROUND_TRIPS("round trips"),
    /** Two megabytes a second and shard. */
    SHARD_BYTES("2 MB/s for a shard"),
    /** Five calls a second and shard, of 10,000 records each. */
    SHARD_CALLS("5 calls/s for a shard"),
    /** Calls in flight at once: more shards than threads. */
    CALLS_IN_FLIGHT("calls in flight");

    private final String words;

    Limit(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /** What a shard takes in at most, in bytes a second. */
  static final long WRITTEN_PER_SECOND = 1_000_000;

  private static final double SECONDS_A_ROUND_TRIP = 0.05;
  private static final double RECORDS_PER_CALL = 10_000;
  private static final double BYTES_PER_CALL = FetchOptions.MAX_ANSWER_BYTES;

  /** Of a shard: the least time by each limit, in seconds, and the least number of calls. */
  private record Least(double byBytes, double byCalls, double calls) {
    double seconds() {
      return Math.max(byBytes, byCalls);
    }
  }

  /**
   * Adds up shards that are read side by side.
   *
   * @param callsInFlight the most calls at once
   */
  public static Estimate of(List<ShardWork> shards, Pacing pacing, int callsInFlight) {
    List<Least> least = shards.stream().map(work -> least(work, pacing)).toList();
    boolean known = shards.stream().allMatch(work -> work.bytes().isPresent());
    long bytes = shards.stream().mapToLong(work -> work.bytes().orElse(0)).sum();
    double calls = least.stream().mapToDouble(Least::calls).sum();
    double roundTrips = SECONDS_A_ROUND_TRIP * Math.ceil(calls / callsInFlight);
    Least slowest =
        least.stream()
            .max(java.util.Comparator.comparingDouble(Least::seconds))
            .orElse(new Least(0, 0, 0));
    return new Estimate(
        shards.size(),
        known ? OptionalLong.of(bytes) : OptionalLong.empty(),
        shards.stream().mapToLong(work -> work.bytes().orElse(mostBytes(work))).sum(),
        (long) calls,
        Duration.ofMillis(
            (long) (1000 * (SECONDS_A_ROUND_TRIP + Math.max(roundTrips, slowest.seconds())))),
        limit(slowest, roundTrips, shards.size() > callsInFlight));
  }

  private static Limit limit(Least slowest, double roundTrips, boolean moreShardsThanCalls) {
    if (slowest.seconds() <= roundTrips) {
      return moreShardsThanCalls ? Limit.CALLS_IN_FLIGHT : Limit.ROUND_TRIPS;
    }
    return slowest.byBytes() >= slowest.byCalls() ? Limit.SHARD_BYTES : Limit.SHARD_CALLS;
  }

  /** The first answer is not waited for: it may hold 10 MiB before the limit counts. */
  private static Least least(ShardWork work, Pacing pacing) {
    double bytes = work.bytes().orElse(mostBytes(work));
    double records = work.records().orElse(0);
    double calls = 1 + Math.ceil(Math.max(bytes / BYTES_PER_CALL, records / RECORDS_PER_CALL));
    return new Least(
        Math.max(0, bytes - BYTES_PER_CALL) / pacing.bytesPerSecond(),
        (calls - 1) / pacing.callsPerSecond(),
        calls);
  }

  private static long mostBytes(ShardWork work) {
    return Math.max(0, work.span().toMillis()) * WRITTEN_PER_SECOND / 1000;
  }
}
