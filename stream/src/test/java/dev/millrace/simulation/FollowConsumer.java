package dev.millrace.simulation;

import dev.millrace.read.ControlCalls;
import dev.millrace.read.FetchEvent;
import dev.millrace.read.FetchOptions;
import dev.millrace.read.FollowContext;
import dev.millrace.read.Following;
import dev.millrace.read.KinesisException;
import dev.millrace.read.RecordBatch;
import dev.millrace.read.Retrieval;
import dev.millrace.read.StreamProgress;
import dev.millrace.stream.Ledger;
import dev.millrace.stream.Loss;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.Position;
import dev.millrace.stream.ShardId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Follows the stream to the end of its history. It stores what it was handed together with how far
 * that is; a crash takes it back to what was stored last.
 */
final class FollowConsumer implements Scenario {
  private static final long TICK = Scheduler.SECOND;

  private final Scene scene;
  private final Dice dice;
  private final Temper temper;
  private final Position from;
  private final Retrieval retrieval;
  private final FetchOptions options;
  private final int storesEvery;
  private final long lingersMillis;
  private final FollowedStream stream;
  private final List<RecordBatch> pending = new ArrayList<>();
  private @Nullable StreamProgress stored;
  private @Nullable Following following;
  private @Nullable SimulatedFetch fetch;
  private Ledger ledger = new Ledger();
  private boolean paused;
  private boolean busy;
  private boolean woken;
  private boolean over;
  private boolean gaveUp;
  private long progressAt;
  private long delivered;

  FollowConsumer(Scene scene, Position from, Retrieval retrieval, FetchOptions options) {
    this.scene = scene;
    this.dice = scene.dice().fork();
    this.temper = new Temper(scene, dice.pick(List.of(0.0, 0.005, 0.05)));
    this.from = from;
    this.retrieval = retrieval;
    this.options = options;
    this.storesEvery = dice.pick(List.of(1, 1, 4));
    this.lingersMillis = dice.chance(0.15) ? 320_000 : 2_000;
    this.stream = new FollowedStream(scene, from, options);
  }

  @Override
  public String describe() {
    return "following from " + from + " " + retrieval + " on loss " + options.onLoss();
  }

  @Override
  public boolean isOver() {
    return over;
  }

  @Override
  public long delivered() {
    return delivered;
  }

  @Override
  public void begin() {
    scene.scheduler().after(0, this::start);
    scene.scheduler().after(TICK, this::tick);
  }

  private void start() {
    progressAt = scene.scheduler().now();
    ledger = new Ledger();
    SimulatedFetch started = new SimulatedFetch(scene, options, ledger, this::wakeSoon);
    fetch = started;
    ControlCalls calls = new ControlCalls(scene.kinesis(), dice.fork().generator(), this::passTime);
    FollowContext context =
        new FollowContext(
            calls, started, retrieval, ledger, () -> scene.scheduler().now(), this::passTime);
    try {
      StreamProgress progress = stored;
      if (progress == null) {
        stream.starts(scene.scheduler().millis());
        following = Following.start(SimulatedKinesis.STREAM, from, context);
        stream.started(scene.scheduler().millis());
        stored = following.progress();
      } else {
        following = Following.resume(SimulatedKinesis.STREAM, progress, context);
      }
    } catch (KinesisException e) {
      restartAfter(dice.between(1, 5) * Scheduler.SECOND);
      return;
    }
    wakeSoon();
  }

  private void passTime(long nanos) {
    scene.scheduler().runUntil(scene.scheduler().now() + nanos);
  }

  private void restartAfter(long nanos) {
    if (fetch != null) {
      fetch.close();
    }
    stream.lifeOver(ledger.losses());
    ledger = new Ledger();
    following = null;
    pending.clear();
    scene.scheduler().after(nanos, this::start);
  }

  private void wakeSoon() {
    if (!woken) {
      woken = true;
      scene.scheduler().after(0, this::wake);
    }
  }

  /** Consumers poll with a time-out; children that are late are looked for then. */
  private void tick() {
    if (over) {
      return;
    }
    wakeSoon();
    checkHang();
    scene.scheduler().after(TICK, this::tick);
  }

  private void checkHang() {
    if (!paused
        && following != null
        && scene.scheduler().now() - progressAt > 400 * Scheduler.SECOND
        && scene.scheduler().millis() > scene.world().end() + 400_000) {
      throw new Violation("following hangs: " + stream.missing(scene.scheduler().millis()));
    }
  }

  private void wake() {
    woken = false;
    if (paused || busy || over || following == null) {
      return;
    }
    busy = true;
    try {
      pollAll(following);
    } catch (KinesisException e) {
      relistingFailed(e);
    } catch (MillraceException e) {
      failed(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      busy = false;
    }
  }

  private void relistingFailed(KinesisException cause) {
    switch (cause.kind()) {
      case THROTTLED, UNAVAILABLE, TOKEN_EXPIRED -> restartAfter(Scheduler.SECOND);
      default -> failed(cause);
    }
  }

  private void pollAll(Following current) throws InterruptedException {
    while (true) {
      Optional<FetchEvent> event = current.poll(Duration.ZERO);
      stream.check(ledger.losses(), scene.scheduler().millis());
      if (event.isEmpty()) {
        finishIfComplete();
        return;
      }
      progressAt = scene.scheduler().now();
      take(event.get(), current);
      if (temper.crashes(event.get() instanceof FetchEvent.Ended ? 5 : 1)) {
        restartAfter(away(event.get().scan().shard()));
        return;
      }
      if (temper.pauses()) {
        pause(away(event.get().scan().shard()));
        return;
      }
    }
  }

  private long away(ShardId shard) {
    stream.disturbed();
    WorldShard known = scene.world().shard(shard);
    return temper.nanosAway(known, stream.nextIndex(shard));
  }

  private void take(FetchEvent event, Following current) {
    if (event instanceof FetchEvent.Fetched fetched) {
      stream.offered(fetched.scan().shard(), fetched.batch());
      pending.add(fetched.batch());
    } else if (event instanceof FetchEvent.Ended ended) {
      stream.ended(ended.scan().shard());
    }
    if (storesEvery == 1 || dice.chance(1.0 / storesEvery)) {
      store(current);
    }
  }

  private void store(Following current) {
    stored = current.progress();
    for (RecordBatch batch : pending) {
      delivered += batch.records().size();
      stream.deliver(batch, ledger.losses());
    }
    pending.clear();
  }

  private void pause(long nanos) {
    SimulatedFetch holding = fetch;
    if (holding == null) {
      return;
    }
    paused = true;
    holding.hold();
    scene
        .scheduler()
        .after(
            nanos,
            () -> {
              paused = false;
              progressAt = scene.scheduler().now();
              holding.release();
              wakeSoon();
            });
  }

  private void finishIfComplete() {
    long millis = scene.scheduler().millis();
    if (millis > scene.world().end() + lingersMillis && following != null) {
      store(following);
      if (stream.isComplete(millis)) {
        stream.finish(millis, ledger.losses());
        end();
      }
    }
  }

  private void failed(MillraceException cause) {
    if (ReaderLoop.isOutOfPatience(cause) && !gaveUp) {
      gaveUp = true;
      restartAfter(Scheduler.SECOND);
      return;
    }
    boolean lost =
        ledger.losses().stream()
            .anyMatch(l -> l.kind() == Loss.Kind.TRIMMED || l.kind() == Loss.Kind.VANISHED);
    if (options.onLoss() != FetchOptions.OnLoss.FAIL || !lost) {
      throw new Violation("following failed: " + ReaderLoop.words(cause));
    }
    end();
  }

  private void end() {
    over = true;
    if (fetch != null) {
      fetch.close();
    }
  }
}
