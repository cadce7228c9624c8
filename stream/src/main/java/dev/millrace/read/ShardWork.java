package dev.millrace.read;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * What is to be read of one shard, as far as it is known.
 *
 * @param span the arrival time it covers
 * @param bytes the payloads, where something tells: an earlier reading of the shard
 * @param records as the service stores them; known where bytes are
 */
public record ShardWork(Duration span, OptionalLong bytes, OptionalLong records) {

  /** A shard of which only the time is known. */
  public static ShardWork of(Duration span) {
    return new ShardWork(span, OptionalLong.empty(), OptionalLong.empty());
  }
}
