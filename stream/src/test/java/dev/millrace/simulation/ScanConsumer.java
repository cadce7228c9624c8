package dev.millrace.simulation;

import dev.millrace.read.FetchEvent;
import dev.millrace.read.FetchOptions;
import dev.millrace.read.RecordBatch;
import dev.millrace.read.Retrieval;
import dev.millrace.read.ScanEnd;
import dev.millrace.stream.Ledger;
import dev.millrace.stream.Loss;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.UserRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs bounded scans; after a crash each goes on from what its consumer stored. */
final class ScanConsumer {
  private static final long TICK = 5 * Scheduler.SECOND;

  private final Scene scene;
  private final Temper temper;
  private final Retrieval retrieval;
  private final FetchOptions options;
  private final List<PlannedScan> scans = new ArrayList<>();
  private final Map<ShardId, Integer> entriesBefore = new HashMap<>();
  private Ledger ledger = new Ledger();
  private SimulatedFetch fetch;
  private boolean paused;
  private boolean woken;
  private boolean over;
  private boolean gaveUp;
  private long progressAt;
  private long delivered;

  ScanConsumer(Scene scene, Temper temper, Retrieval retrieval, FetchOptions options) {
    this.scene = scene;
    this.temper = temper;
    this.retrieval = retrieval;
    this.options = options;
    this.fetch = new SimulatedFetch(scene, options, ledger, this::wakeSoon);
  }

  boolean isOver() {
    return over;
  }

  long delivered() {
    return delivered;
  }

  /** Entries of records of a shard that are gone, in this life and those before. */
  int countEntries(WorldShard shard) {
    return entriesBefore.getOrDefault(shard.id, 0)
        + (int) ledger.losses().stream().filter(loss -> isGone(loss, shard)).count();
  }

  private static boolean isGone(Loss loss, WorldShard shard) {
    return loss.shard().equals(shard.id)
        && (loss.kind() == Loss.Kind.TRIMMED || loss.kind() == Loss.Kind.VANISHED);
  }

  void begin(List<PlannedScan> planned) {
    scans.addAll(planned);
    planned.forEach(scan -> scan.account.expect(options.onLoss()));
    start();
    tick();
  }

  private void start() {
    progressAt = scene.scheduler().now();
    ledger = new Ledger();
    fetch = new SimulatedFetch(scene, options, ledger, this::wakeSoon);
    scans.stream().filter(scan -> !scan.isOver()).forEach(s -> fetch.add(s.scan(), retrieval));
    over = scans.stream().allMatch(PlannedScan::isOver);
  }

  private void tick() {
    if (over) {
      return;
    }
    long waited = scene.scheduler().now() - progressAt;
    if (!paused && !fetch.isClosed() && waited > 1_800 * Scheduler.SECOND) {
      throw new Violation("a scan hangs: " + scans.stream().filter(s -> !s.isOver()).toList());
    }
    scene.scheduler().after(TICK, this::tick);
  }

  private void wakeSoon() {
    if (!woken) {
      woken = true;
      scene.scheduler().after(0, this::wake);
    }
  }

  private void wake() {
    woken = false;
    while (!paused && !over && fetch.hasEvents()) {
      Optional<FetchEvent> event;
      try {
        event = fetch.poll(Duration.ZERO);
      } catch (MillraceException e) {
        failed(e);
        return;
      }
      event.ifPresent(this::take);
    }
  }

  private PlannedScan scanOf(FetchEvent event) {
    return scans.stream()
        .filter(scan -> scan.shard.id.equals(event.scan().shard()))
        .findFirst()
        .orElseThrow();
  }

  private void take(FetchEvent event) {
    progressAt = scene.scheduler().now();
    PlannedScan scan = scanOf(event);
    if (event instanceof FetchEvent.Fetched fetched) {
      if (!takeAll(scan, fetched.batch())) {
        crash(scan);
        return;
      }
    } else if (event instanceof FetchEvent.Ended ended) {
      end(scan, ended.end());
    }
    if (over) {
      return;
    }
    if (temper.crashes()) {
      crash(scan);
    } else if (temper.pauses()) {
      pause(scan);
    }
  }

  /** Whether it took the whole of the batch. */
  private boolean takeAll(PlannedScan scan, RecordBatch batch) {
    int taken = temper.takes(batch.records().size());
    List<UserRecord> records = batch.records().subList(0, taken);
    long millis = scene.scheduler().millis();
    records.forEach(record -> scan.account.deliver(record, millis));
    delivered += taken;
    boolean whole = taken == batch.records().size();
    UserRecord last = records.get(taken - 1);
    scan.stored(
        whole ? batch.end() : batch.positionAfter(taken - 1),
        whole ? batch.readTo().orElse(last.arrival()) : last.arrival());
    return whole;
  }

  private void end(PlannedScan scan, ScanEnd end) {
    if (end.reason() == ScanEnd.Reason.BOUND || end.reason() == ScanEnd.Reason.SHARD_END) {
      scan.account.finish(scene.scheduler().millis());
    }
    scan.end();
    over = scans.stream().allMatch(PlannedScan::isOver);
  }

  private void failed(MillraceException cause) {
    if (ReaderLoop.isOutOfPatience(cause) && !gaveUp) {
      gaveUp = true;
      restart(Scheduler.SECOND);
      return;
    }
    boolean lost =
        scans.stream().anyMatch(s -> ledger.losses().stream().anyMatch(l -> isGone(l, s.shard)));
    if (options.onLoss() != FetchOptions.OnLoss.FAIL || !lost) {
      throw new Violation("a scan failed: " + ReaderLoop.words(cause));
    }
    over = true;
  }

  private void crash(PlannedScan scan) {
    restart(away(scan));
  }

  private void restart(long nanos) {
    fetch.close();
    scans.forEach(s -> entriesBefore.put(s.shard.id, countEntries(s.shard)));
    ledger = new Ledger();
    scene.scheduler().after(nanos, this::start);
  }

  private long away(PlannedScan scan) {
    return temper.nanosAway(scan.shard, scan.account.nextIndex());
  }

  private void pause(PlannedScan scan) {
    SimulatedFetch holding = fetch;
    paused = true;
    holding.hold();
    scene
        .scheduler()
        .after(
            away(scan),
            () -> {
              paused = false;
              progressAt = scene.scheduler().now();
              holding.release();
              wakeSoon();
            });
  }
}
