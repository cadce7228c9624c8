package dev.millrace.local.fill;

import dev.millrace.read.RecordBatch;
import dev.millrace.read.ShardWork;
import dev.millrace.stream.UserRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * How much a shard still has, judged by one answer: its bytes over its span of arrival time, times
 * the time that is left.
 *
 * @param timeLeft from its newest record to the end of what is read
 * @param bytesLeft about how much comes after it
 * @param recordsLeft the same in records
 * @param bytesPerMilli how fast the shard was written to
 */
record ShardSize(Duration timeLeft, long bytesLeft, long recordsLeft, double bytesPerMilli) {

  static ShardSize after(RecordBatch batch, Instant end) {
    long first = batch.records().get(0).arrivalMillis();
    long last = batch.last().arrivalMillis();
    long bytes = batch.records().stream().mapToLong(UserRecord::length).sum();
    double millis = Math.max(1, last - first);
    long left = Math.max(0, end.toEpochMilli() - last);
    return new ShardSize(
        Duration.ofMillis(left),
        (long) Math.min(Long.MAX_VALUE, bytes / millis * left),
        (long) (batch.records().size() / millis * left),
        bytes / millis);
  }

  ShardWork work() {
    return new ShardWork(timeLeft, OptionalLong.of(bytesLeft), OptionalLong.of(recordsLeft));
  }

  /** The span of arrival time that holds about so many bytes. */
  Duration widthOf(long bytes) {
    return Duration.ofMillis(Math.max(1000, (long) (bytes / bytesPerMilli)));
  }
}
