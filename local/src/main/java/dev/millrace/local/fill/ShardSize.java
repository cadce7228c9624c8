package dev.millrace.local.fill;

import dev.millrace.read.RecordBatch;
import dev.millrace.stream.UserRecord;
import java.time.Duration;
import java.time.Instant;

/**
 * How much a shard still has, judged by one answer: its bytes over its span of arrival time, times
 * the time that is left.
 *
 * @param bytesLeft about how much comes after it
 * @param bytesPerMilli how fast the shard was written to
 */
record ShardSize(long bytesLeft, double bytesPerMilli) {
  private static final double BYTES_PER_SECOND = 2_000_000;
  private static final double CALLS_PER_SECOND = 5;
  private static final double RECORDS_PER_CALL = 10_000;

  static ShardSize after(RecordBatch batch, Instant end) {
    long first = batch.records().get(0).arrivalMillis();
    long last = batch.last().arrivalMillis();
    long bytes = batch.records().stream().mapToLong(UserRecord::length).sum();
    double rate = bytes / (double) Math.max(1, last - first);
    long left = Math.max(0, end.toEpochMilli() - last);
    return new ShardSize((long) Math.min(Long.MAX_VALUE, rate * left), rate);
  }

  Duration leastTime(long averageRecordBytes) {
    double byBytes = bytesLeft / BYTES_PER_SECOND;
    double byCalls =
        bytesLeft / (double) Math.max(1, averageRecordBytes) / RECORDS_PER_CALL / CALLS_PER_SECOND;
    return Duration.ofSeconds((long) Math.ceil(Math.max(byBytes, byCalls)));
  }

  /** The span of arrival time that holds about so many bytes. */
  Duration widthOf(long bytes) {
    return Duration.ofMillis(Math.max(1000, (long) (bytes / bytesPerMilli)));
  }
}
