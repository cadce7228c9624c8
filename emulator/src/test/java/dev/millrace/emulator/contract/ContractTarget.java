package dev.millrace.emulator.contract;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.emulator.TestSubscription;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.KinesisException;

/** What the contract runs on. */
interface ContractTarget {
  /** The size of the hash-key space. */
  BigInteger SPACE = BigInteger.TWO.pow(128);

  /** A hash key of the first shard, however many there are. */
  BigInteger LOW = BigInteger.TEN;

  /** A hash key of the last shard, however many there are. */
  BigInteger HIGH = SPACE.subtract(BigInteger.TEN);

  KinesisClient kinesis();

  /** The client of HTTP/2, which subscriptions take. */
  KinesisAsyncClient async();

  /** How long to wait for what may be known not to come. */
  default Duration patience(KnownDifferences difference) {
    return differences().contains(difference) ? Duration.ofSeconds(2) : TestSubscription.PATIENCE;
  }

  /** The behaviours that are known not to hold here. */
  Set<KnownDifferences> differences();

  /** A new stream with that many shards. */
  default TestStream stream(int shards) {
    return TestStream.create(kinesis(), "contract-" + UUID.randomUUID(), shards);
  }

  /** Asserts a behaviour, or where it is known to be missing, that it still is. */
  default void holdsUnless(KnownDifferences difference, ThrowingCallable behaviour)
      throws Throwable {
    if (differences().contains(difference)) {
      assertThatThrownBy(behaviour)
          .as("holds by now, so it is no longer a known difference: " + difference.reason())
          .isInstanceOfAny(AssertionError.class, KinesisException.class);
    } else {
      behaviour.call();
    }
  }

  default void split(TestStream stream, String shardId, BigInteger newStart) {
    kinesis()
        .splitShard(
            request ->
                request
                    .streamName(stream.name())
                    .shardToSplit(shardId)
                    .newStartingHashKey(newStart.toString()));
    stream.awaitActive();
  }
}
