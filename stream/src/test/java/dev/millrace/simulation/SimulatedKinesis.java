package dev.millrace.simulation;

import dev.millrace.read.ConsumerArn;
import dev.millrace.read.IteratorAnswer;
import dev.millrace.read.Kinesis;
import dev.millrace.read.RecordsAnswer;
import dev.millrace.read.ShardFilter;
import dev.millrace.read.ShardIterator;
import dev.millrace.read.ShardPage;
import dev.millrace.read.StreamNamePage;
import dev.millrace.read.SubscribeAnswer;
import dev.millrace.stream.Position;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.StreamIdentity;
import dev.millrace.stream.StreamRef;
import dev.millrace.stream.StreamSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The service: a {@link World} as of the scheduler's time, in the seed's weather. */
final class SimulatedKinesis implements Kinesis {
  static final StreamRef STREAM = StreamRef.parse("orders");
  private static final StreamIdentity LIFE =
      new StreamIdentity(
          "arn:aws:kinesis:us-east-1:000000000000:stream/orders", Scheduler.START.minusSeconds(1));
  private static final long ITERATOR_LIFE = 300_000;

  private final World world;
  private final Scheduler scheduler;
  private final Faults faults;
  private final Weather weather;
  private final Dice dice;
  private final Listing listing;
  private final Subscriptions subscriptions;
  private final Map<ShardId, ShardService> shards = new LinkedHashMap<>();
  private final Map<ShardId, Long> latestAt = new LinkedHashMap<>();
  private final int clockErrorMillis;

  SimulatedKinesis(World world, Scheduler scheduler, Faults faults, Dice dice) {
    this.world = world;
    this.scheduler = scheduler;
    this.faults = faults;
    this.dice = dice;
    this.weather = new Weather(dice.fork(), faults, world);
    this.listing = new Listing(world, faults, dice.fork());
    this.clockErrorMillis = dice.chance(0.5) ? 900 : 0;
    int rivalCalls = dice.chance(0.3) ? dice.between(1, 2) : 0;
    world
        .shards()
        .forEach(
            s -> shards.put(s.id, new ShardService(s, world, faults, dice.fork(), rivalCalls)));
    this.subscriptions = new Subscriptions(world, scheduler, faults, dice.fork());
  }

  private ShardService shard(ShardId id) {
    ShardService shard = shards.get(id);
    if (shard == null) {
      throw new Violation("asked for a shard that never was: " + id);
    }
    return shard;
  }

  private long now() {
    return scheduler.millis();
  }

  /** What an answer proves must not be later than the truth. */
  private Instant alittleBefore() {
    return Scheduler.instant(now() - dice.between(0, clockErrorMillis));
  }

  @Override
  public StreamNamePage streamNames(Optional<String> token) {
    return new StreamNamePage(List.of(STREAM.name()), Optional.empty());
  }

  @Override
  public StreamSummary summary(StreamRef stream) {
    failListing();
    int open = (int) world.shards().stream().filter(s -> !s.isClosed(now())).count();
    Instant alittleAfter = Scheduler.instant(now() + dice.between(0, clockErrorMillis / 2));
    Duration retention = Duration.ofMillis(world.retentionMillis());
    return new StreamSummary(LIFE, "ACTIVE", retention, open, alittleAfter);
  }

  private void failListing() {
    if (faults.strikes(Fault.LISTING_FAILED, 3)) {
      throw Weather.failure(dice.pick(List.of(Fault.THROTTLE, Fault.RESET)));
    }
  }

  @Override
  public ShardPage listShards(StreamRef stream, ShardFilter filter, Optional<String> token) {
    failListing();
    return listing.page(filter, token, now());
  }

  @Override
  public IteratorAnswer shardIterator(StreamRef stream, ShardId id, Position position) {
    ShardService shard = shard(id);
    weather.check(now());
    if (!shard.limits.admitsIterator(now())) {
      throw weather.met(Fault.OWN_LIMIT);
    }
    shard.checkThere(now());
    if (position instanceof Position.Latest) {
      latestAt.putIfAbsent(id, now());
    }
    return new IteratorAnswer(iterator(shard.indexOf(position, now())), alittleBefore());
  }

  /** When "latest" was first given a meaning in a shard, if it was. */
  Optional<Long> latestAt(ShardId id) {
    return Optional.ofNullable(latestAt.get(id));
  }

  private ShardIterator iterator(int index) {
    return new ShardIterator(index + "@" + now());
  }

  @Override
  public RecordsAnswer getRecords(StreamRef stream, ShardId id, ShardIterator iterator, int limit) {
    ShardService shard = shard(id);
    weather.check(now());
    if (!shard.limits.admitsCall(now())) {
      throw weather.met(Fault.OWN_LIMIT);
    }
    int at = iterator.value().indexOf('@');
    if (now() - Long.parseLong(iterator.value().substring(at + 1)) > ITERATOR_LIFE) {
      throw weather.met(Fault.ITERATOR_TIMED_OUT);
    }
    if (faults.strikes(Fault.ITERATOR_SPURIOUSLY_EXPIRED)) {
      throw Weather.failure(Fault.ITERATOR_SPURIOUSLY_EXPIRED);
    }
    shard.checkThere(now());
    int index = Integer.parseInt(iterator.value().substring(0, at));
    return answer(shard, shard.page(index, limit, now()));
  }

  private RecordsAnswer answer(ShardService shard, ShardService.Page page) {
    shard.limits.answered(now(), page.bytes());
    return new RecordsAnswer(
        page.records(),
        page.bytes(),
        page.ended() ? Optional.empty() : Optional.of(iterator(page.to())),
        page.lag(),
        page.ended() ? shard.children() : List.of(),
        alittleBefore());
  }

  @Override
  public SubscribeAnswer subscribe(
      StreamRef stream, ShardId id, ConsumerArn consumer, Position position) {
    ShardService shard = shard(id);
    weather.check(now());
    subscriptions.checkFree(consumer, id);
    shard.checkThere(now());
    if (position instanceof Position.Latest) {
      latestAt.putIfAbsent(id, now());
    }
    int index = shard.indexOf(position, now());
    return new SubscribeAnswer(subscriptions.begin(consumer, shard, index), alittleBefore());
  }

  @Override
  public void close() {}
}
