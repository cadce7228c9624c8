package dev.millrace.pinot.consume;

import dev.millrace.pinot.offset.KinesisOffset;
import dev.millrace.pinot.offset.Place;
import dev.millrace.pinot.service.ServiceLease;
import dev.millrace.read.ConsumerArn;
import dev.millrace.read.FetchOptions;
import dev.millrace.read.ReadMetrics;
import dev.millrace.read.Retrieval;
import dev.millrace.read.ScanFetch;
import dev.millrace.read.SharedFetch.Pace;
import dev.millrace.read.SharedFetch.Source;
import dev.millrace.stream.Bound;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.Ledger;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.Position;
import dev.millrace.stream.Shard;
import dev.millrace.stream.ShardFacts;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.ShardScan;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads by what is shared in this JVM. */
final class LeasedScans implements ShardScans {
  private static final Logger LOGGER = LoggerFactory.getLogger(LeasedScans.class);

  private final ServiceLease lease;
  private final ConsumeOptions options;

  LeasedScans(ServiceLease lease, ConsumeOptions options) {
    this.lease = lease;
    this.options = options;
  }

  @Override
  public ScanFetch start(KinesisOffset from, Ledger ledger, ReadMetrics metrics) {
    ShardScan scan =
        new ShardScan(options.stream(), from.shard(), position(from), Bound.never(), facts(from));
    FetchOptions fetch =
        FetchOptions.defaults()
            .withOnLoss(FetchOptions.OnLoss.CONTINUE)
            .withFirstRecords(options.maxRecords())
            .withMostRecords(options.maxRecords())
            .withSpacing(options.callSpacing(), options.tipSpacing())
            .withMetrics(metrics);
    Source source =
        new Source(
            lease.kinesis(),
            fetch,
            lease.budgets().of(options.stream(), from.shard()),
            ledger,
            new SplittableRandom());
    return lease.fetch().start(scan, retrieval(), source, Pace.AHEAD);
  }

  /** Polling is what a shard is read by where its consumer cannot be had. */
  private Retrieval retrieval() {
    return options
        .fanOutConsumer()
        .flatMap(this::consumer)
        .map(Retrieval::fanOut)
        .orElseGet(Retrieval::polling);
  }

  private Optional<ConsumerArn> consumer(String name) {
    try {
      Optional<ConsumerArn> found = lease.streams().consumer(options.stream(), name);
      if (found.isEmpty()) {
        LOGGER.warn(
            "Stream {} has no active consumer '{}' for enhanced fan-out: it is polled. Register it"
                + " with aws kinesis register-stream-consumer",
            options.stream(),
            name);
      }
      return found;
    } catch (MillraceException e) {
      LOGGER.warn(
          "Stream {} is polled, since consumer '{}' cannot be looked for: {}",
          options.stream(),
          name,
          e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * A shard's first number is inclusive, and every other number is of a record that was consumed.
   * Where the shards cannot be listed, one record may come twice and none is lost.
   */
  private Position position(KinesisOffset from) {
    if (!(from.place().unended() instanceof Place.Whole)) {
      return from.inclusivePosition();
    }
    try {
      Optional<Shard> shard = lease.streams().shard(options.stream(), from.shard());
      return shard
          .map(known -> from.position(known.firstSequence()))
          .orElseGet(from::inclusivePosition);
    } catch (MillraceException e) {
      if (e.code() != ErrorCode.ACCESS) {
        throw e;
      }
      LOGGER.warn(
          "Reading {} of stream {} from {} on: the record with that number is read again, since"
              + " the shards cannot be listed: {}",
          from.shard(),
          options.stream(),
          from,
          e.getMessage());
      return from.inclusivePosition();
    }
  }

  /** A shard that was idle for longer than retention has lost nothing, which only time tells. */
  private ShardFacts facts(KinesisOffset from) {
    Optional<Instant> readTo = lease.streams().readTo(options.stream(), from);
    if (from.messageInside().isPresent()) {
      return ShardFacts.none().withStartThere(); // It is read again for the rest of it.
    }
    if (readTo.isEmpty()) {
      return ShardFacts.none();
    }
    try {
      return ShardFacts.none()
          .withReadTo(readTo.get())
          .withRetention(lease.streams().retention(options.stream()));
    } catch (MillraceException e) {
      LOGGER.debug("The retention of stream {} is not known", options.stream(), e);
      return ShardFacts.none();
    }
  }

  @Override
  public boolean isListed(ShardId shard) {
    return lease.streams().list(options.stream(), shard).isPresent();
  }

  @Override
  public void stands(KinesisOffset offset, Instant readTo) {
    lease.streams().stands(options.stream(), offset, readTo);
  }

  @Override
  public void close() {
    lease.close();
  }
}
