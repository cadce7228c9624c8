package dev.millrace.read;

import dev.millrace.stream.Shard;
import dev.millrace.stream.StreamRef;
import dev.millrace.stream.StreamSummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The calls made before and between reading: few, small and not bound to a shard's budget. Each is
 * tried again after a throttle or a failure that may pass, a few times; pages are put together.
 */
public final class ControlCalls {
  private static final int MAX_ATTEMPTS = 5;

  private final Kinesis kinesis;
  private final Retry retry;

  public ControlCalls(Kinesis kinesis, RandomGenerator jitter, Pause pause) {
    this.kinesis = kinesis;
    Backoff backoff = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(2), jitter);
    this.retry = new Retry(MAX_ATTEMPTS, backoff, pause);
  }

  public StreamSummary summary(StreamRef stream) {
    return retry.of(() -> kinesis.summary(stream));
  }

  /** All pages. */
  public List<String> streamNames() {
    List<String> names = new ArrayList<>();
    Optional<String> token = Optional.empty();
    do {
      Optional<String> current = token;
      StreamNamePage page = retry.of(() -> kinesis.streamNames(current));
      names.addAll(page.names());
      token = page.nextToken();
    } while (token.isPresent());
    return names;
  }

  /** All pages. A token that expired on the way starts the listing again. */
  public List<Shard> listShards(StreamRef stream, ShardFilter filter) {
    for (int attempt = 1; ; attempt++) {
      try {
        return allPages(stream, filter);
      } catch (KinesisException e) {
        if (e.kind() != KinesisException.Kind.TOKEN_EXPIRED || attempt == MAX_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private List<Shard> allPages(StreamRef stream, ShardFilter filter) {
    List<Shard> shards = new ArrayList<>();
    Optional<String> token = Optional.empty();
    do {
      Optional<String> current = token;
      ShardPage page = retry.of(() -> kinesis.listShards(stream, filter, current));
      shards.addAll(page.shards());
      token = page.nextToken();
    } while (token.isPresent());
    return shards;
  }
}
