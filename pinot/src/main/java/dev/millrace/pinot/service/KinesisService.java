package dev.millrace.pinot.service;

import dev.millrace.aws.AwsConnections;
import dev.millrace.aws.AwsOptions;
import dev.millrace.aws.Connections;
import dev.millrace.read.FetchOptions;
import dev.millrace.read.Pacing;
import dev.millrace.read.SharedFetch;
import dev.millrace.table.StreamAccess;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Counts who uses Kinesis in this JVM. Pinot makes a consumer for each segment and a provider for
 * each commit: their client is made with the first and ends a while after the last. Thread-safe.
 */
public final class KinesisService {
  /** Each idle shard makes one call a second, of some ten milliseconds: enough for thousands. */
  private static final int CALLS_IN_FLIGHT = 64;

  private static final Duration LINGER = Duration.ofMinutes(1);

  private static final KinesisService OF_JVM =
      new KinesisService(
          FetchOptions.defaults().withCallsInFlight(CALLS_IN_FLIGHT),
          access ->
              AwsConnections.of(
                  each -> AwsOptions.fromEnvironment().withAccess(each),
                  Pacing.ofService(),
                  LoggerFactory.getLogger(KinesisService.class)::info),
          // A controller asks a few questions at each commit, and otherwise nobody has a lease: it
          // would connect, and assume its role, for each.
          LINGER,
          Later.onThread("millrace-clients"));

  private final FetchOptions options;
  private final Function<StreamAccess, Connections> connect;
  private final Duration linger;
  private final Later later;
  private final Map<StreamAccess, SharedAccess> shared = new HashMap<>();
  private @Nullable SharedFetch fetch;

  /**
   * A service of its own, for tests and measurements: what is used no more is closed at once.
   *
   * @param options how many calls in flight, and how many bytes ahead of the consumers
   * @param connect makes what one access is reached through
   */
  public KinesisService(FetchOptions options, Function<StreamAccess, Connections> connect) {
    this(options, connect, Duration.ZERO, (delay, task) -> task.run());
  }

  /**
   * @param linger how long what nobody uses is kept for the next who does
   */
  KinesisService(
      FetchOptions options,
      Function<StreamAccess, Connections> connect,
      Duration linger,
      Later later) {
    this.options = options;
    this.connect = connect;
    this.linger = linger;
    this.later = later;
  }

  /** The one of this JVM: real Kinesis, at the pace it allows. */
  public static KinesisService ofJvm() {
    return OF_JVM;
  }

  /** Nothing is called before the lease is used. */
  public synchronized ServiceLease lease(StreamAccess access) {
    SharedAccess of =
        shared.computeIfAbsent(access, key -> new SharedAccess(key, connect.apply(key), fetch()));
    of.leases++;
    of.uses++;
    return new ServiceLease(of, () -> giveBack(access));
  }

  private SharedFetch fetch() {
    SharedFetch made = fetch;
    if (made == null) {
      made = new SharedFetch(options);
      fetch = made;
    }
    return made;
  }

  private void giveBack(StreamAccess access) {
    long uses = givenBack(access);
    later.run(linger, () -> unused(access, uses).run());
  }

  private synchronized long givenBack(StreamAccess access) {
    SharedAccess of = Objects.requireNonNull(shared.get(access));
    of.leases--;
    return of.uses;
  }

  /** What is to be closed; not under the lock, as closing a client may take its time. */
  private synchronized Runnable unused(StreamAccess access, long uses) {
    SharedAccess of = shared.get(access);
    if (of == null || of.leases > 0 || of.uses != uses) {
      return () -> {};
    }
    shared.remove(access);
    SharedFetch last = fetch;
    if (!shared.isEmpty() || last == null) {
      return of::close;
    }
    fetch = null;
    return () -> {
      last.close();
      of.close();
    };
  }
}
