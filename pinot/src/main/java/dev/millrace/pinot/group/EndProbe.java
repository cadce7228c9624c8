package dev.millrace.pinot.group;

import dev.millrace.pinot.offset.KinesisOffset;
import dev.millrace.read.Kinesis;
import dev.millrace.read.KinesisException;
import dev.millrace.read.KinesisException.Kind;
import dev.millrace.read.Pause;
import dev.millrace.read.RecordsAnswer;
import dev.millrace.read.ShardIterator;
import dev.millrace.stream.Shard;
import dev.millrace.stream.StreamRef;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Asks whether a closed shard has a record after an offset. The shard's EndingSequenceNumber does
 * not say so, as it is no record's number; only reading on does.
 *
 * <p>It is needed for offsets that do not carry the end's mark: those of Pinot's own plugin, and
 * those of segments that were full with a shard's last record. Each is asked once in this JVM, with
 * a few calls. Where they do not settle it, the answer is no: the group gets one more segment,
 * whose consumer reads to the end and leaves the mark.
 */
final class EndProbe {
  private static final int MAX_CALLS = 5;
  private static final Duration BETWEEN_CALLS = Duration.ofMillis(210);
  private static final int REMEMBERED = 100_000;

  private record Asked(String stream, KinesisOffset offset) {}

  private final Pause pause;
  private final Map<Asked, Boolean> answers = Collections.synchronizedMap(new Recent());

  EndProbe(Pause pause) {
    this.pause = pause;
  }

  /** Forgets what was asked for the longest time ago. */
  private static final class Recent extends LinkedHashMap<Asked, Boolean> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Asked, Boolean> eldest) {
      return size() > REMEMBERED;
    }
  }

  /** Whether the closed shard has no record after the offset, as far as a few calls can tell. */
  boolean isEnd(Kinesis kinesis, StreamRef stream, Shard shard, KinesisOffset offset) {
    Asked asked = new Asked(stream.arn().orElse(stream.name()), offset);
    Boolean known = answers.get(asked);
    if (known != null) {
      return known;
    }
    boolean isEnd = ask(kinesis, stream, shard, offset);
    answers.put(asked, isEnd);
    return isEnd;
  }

  private boolean ask(Kinesis kinesis, StreamRef stream, Shard shard, KinesisOffset offset) {
    Optional<ShardIterator> next = Optional.empty();
    for (int call = 0; call < MAX_CALLS; call++) {
      if (call > 0) {
        pause.nanos(BETWEEN_CALLS.toNanos());
      }
      try {
        if (next.isEmpty()) {
          next = Optional.of(iterator(kinesis, stream, shard, offset));
        }
        RecordsAnswer answer = kinesis.getRecords(stream, shard.id(), next.get(), 1);
        if (!answer.records().isEmpty()) {
          return false;
        }
        if (answer.next().isEmpty()) {
          return true;
        }
        next = answer.next();
      } catch (KinesisException e) {
        if (e.kind() == Kind.NOT_FOUND) {
          return true; // Retention took the shard since it was listed.
        }
        if (e.kind() != Kind.THROTTLED && e.kind() != Kind.UNAVAILABLE) {
          throw e;
        }
      }
    }
    return false;
  }

  private static ShardIterator iterator(
      Kinesis kinesis, StreamRef stream, Shard shard, KinesisOffset offset) {
    return kinesis
        .shardIterator(stream, shard.id(), offset.position(shard.firstSequence()))
        .iterator();
  }
}
