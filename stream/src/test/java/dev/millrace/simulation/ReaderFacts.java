package dev.millrace.simulation;

import dev.millrace.read.Event;
import dev.millrace.read.RecordBatch;
import dev.millrace.read.ScanEnd;
import dev.millrace.stream.Loss;
import dev.millrace.stream.Position;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.ShardScan;
import dev.millrace.stream.UserRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one reader was told, kept beside it: whether an entry it makes in the ledger could be true
 * by that, and whether an end it announces was one.
 */
final class ReaderFacts {
  private static final long SLACK = 10_000;

  /** A reader does not know the time better than this. */
  private static final long CLOCK_ERROR = 1_000;

  /** So many empty answers in a row may cut a scan short. */
  private static final int STALLED = 20;

  private final World world;
  private final WorldShard shard;
  private long readTo = Long.MIN_VALUE;
  private @Nullable SequenceNumber position;
  private long subscribedAt;
  private boolean notThere;
  private boolean shardEnded;
  private int emptiesInRow;

  ReaderFacts(World world, ShardScan scan) {
    this.world = world;
    this.shard = world.shard(scan.shard());
    scan.facts().readTo().ifPresent(time -> readTo = Scheduler.millisOf(time));
    if (scan.from() instanceof Position.AfterSequenceNumber after) {
      position = after.sequence();
    } else if (scan.from() instanceof Position.AtSequenceNumber at) {
      position = at.sequence();
    }
  }

  /** Before the reader takes it. */
  void hear(Event event) {
    if (event instanceof Event.Answered answered) {
      emptiesInRow = answered.answer().records().isEmpty() ? emptiesInRow + 1 : 0;
      shardEnded |= answered.answer().next().isEmpty();
    } else if (event instanceof Event.Pushed pushed) {
      shardEnded |= pushed.push().continuation().isEmpty();
    } else if (event instanceof Event.CallFailed failed) {
      notThere |=
          switch (failed.cause().kind()) {
            case NOT_FOUND, INVALID_POSITION -> true;
            default -> false;
          };
    }
  }

  /** After the reader took it: it proves nothing about what was lost before it. */
  void learn(Event event) {
    if (event instanceof Event.Answered answered && answered.answer().millisBehind().isPresent()) {
      long lag = answered.answer().millisBehind().getAsLong();
      know(Scheduler.millisOf(answered.answer().serviceTime()) - lag);
    } else if (event instanceof Event.Subscribed subscribed) {
      subscribedAt = Scheduler.millisOf(subscribed.answer().serviceTime());
    } else if (event instanceof Event.Pushed pushed) {
      pushed.push().millisBehind().ifPresent(lag -> know(subscribedAt - lag));
    }
  }

  void emitted(RecordBatch batch) {
    for (UserRecord record : batch.records()) {
      know(record.arrivalMillis() - Scheduler.START.toEpochMilli());
    }
    position = batch.last().sequence();
  }

  private void know(long millis) {
    readTo = Math.max(readTo, millis);
  }

  /** The ledger has new entries, made at an instant. */
  void checkEntries(List<Loss> entries, long millis) {
    for (Loss loss : entries) {
      boolean founded =
          switch (loss.kind()) {
            case TRIMMED -> mayBeTrimmed(millis);
            case VANISHED -> notThere;
            case CUT_SHORT -> emptiesInRow >= STALLED;
            case UNDECODABLE -> shard.records.stream().anyMatch(Stored::damaged);
          };
      if (!founded || !loss.shard().equals(shard.id)) {
        throw new Violation("an entry without a reason: " + loss);
      }
    }
  }

  private boolean mayBeTrimmed(long millis) {
    boolean passed =
        readTo != Long.MIN_VALUE && world.horizon(millis) + CLOCK_ERROR > readTo - SLACK;
    SequenceNumber at = position;
    return passed || (at != null && shard.indexOf(at) < world.trimmed(shard, millis));
  }

  void checkEnd(ScanEnd end, long millis) {
    boolean founded =
        switch (end.reason()) {
          case BOUND -> true;
          case SHARD_END -> shardEnded && shard.isClosed(millis);
          case CUT_SHORT -> emptiesInRow >= STALLED;
          case LOST, POSITION_LOST -> notThere;
        };
    if (!founded) {
      throw new Violation(shard.id + " ended without a reason: " + end);
    }
  }
}
