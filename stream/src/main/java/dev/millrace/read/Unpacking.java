package dev.millrace.read;

import dev.millrace.stream.HashKeyRange;
import dev.millrace.stream.Position;
import dev.millrace.stream.UserRecord;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * From records as the service stores them to batches of user records.
 *
 * <p>A batch is bounded, however much an answer unpacks to, and is cut between records where it can
 * be: inside an aggregate only if that alone is larger than a batch.
 */
final class Unpacking {
  /** User records in a batch. An answer without aggregates fits as it is. */
  static final int MAX_BATCH = 10_000;

  private static final int NOTHING = -1;

  private final MessageDigest md5 = md5();
  private final @Nullable HashKeyCheck range;
  private final BiConsumer<UserRecord, String> damaged;

  private List<UserRecord> stored = List.of();
  private Optional<Instant> readTo = Optional.empty();
  private int at;
  private boolean plain;

  /** What the records' buffers hold beyond what was charged to a batch. */
  private long uncharged;

  /** The record at {@code at} as an aggregate, if it was examined and is one. */
  private @Nullable Aggregate opened;

  private int examined = NOTHING;

  /** How many of the opened aggregate's user records were handed out. */
  private int taken;

  /**
   * @param damaged hears of a record that looks like an aggregate and is not a whole one, and why
   */
  Unpacking(Optional<HashKeyRange> hashKeys, BiConsumer<UserRecord, String> damaged) {
    this.range = hashKeys.map(keys -> new HashKeyCheck(keys, md5())).orElse(null);
    this.damaged = damaged;
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java has no MD5, which every Java must have", e);
    }
  }

  /**
   * Takes what came, when everything before was handed out.
   *
   * @param readTo up to which arrival time the shard is read with the last of the records
   */
  void take(List<UserRecord> records, Optional<Instant> readTo) {
    stored = records;
    this.readTo = readTo;
    at = 0;
    plain = records.stream().noneMatch(Aggregate::isLikely);
    examined = NOTHING;
    taken = 0;
    uncharged = bufferBytes(records);
  }

  /** Records of one answer mostly share one buffer, and all of it stays as long as one of them. */
  @SuppressWarnings("ReferenceEquality") // Whether it is the same buffer, not an equal one.
  private static long bufferBytes(List<UserRecord> records) {
    long bytes = 0;
    byte[] last = null;
    for (UserRecord record : records) {
      if (record.buffer() != last) {
        last = record.buffer();
        bytes += last.length;
      }
    }
    return bytes;
  }

  /** Passes over what the first record holds up to a position inside it, or over the whole. */
  void skip(Position.AfterSequenceNumber position) {
    Aggregate first = position.subsequence().isPresent() ? aggregate() : null;
    long handed = position.subsequence().orElse(0) + 1;
    if (first == null || handed >= first.size()) {
      at = 1;
    } else {
      taken = (int) handed;
    }
  }

  boolean hasNext() {
    return at < stored.size();
  }

  RecordBatch next() {
    if (plain && stored.size() <= MAX_BATCH) {
      List<UserRecord> rest = stored.subList(at, stored.size());
      at = stored.size();
      return finish(rest);
    }
    List<UserRecord> batch = new ArrayList<>();
    while (hasNext() && fits(batch)) {
      addTo(batch);
    }
    return finish(batch);
  }

  private boolean fits(List<UserRecord> batch) {
    Aggregate aggregate = aggregate();
    int size = aggregate == null ? 1 : aggregate.size() - taken;
    return batch.isEmpty() || batch.size() + size <= MAX_BATCH;
  }

  private void addTo(List<UserRecord> batch) {
    Aggregate aggregate = aggregate();
    if (aggregate == null) {
      batch.add(stored.get(at++));
      return;
    }
    while (taken < aggregate.size() && batch.size() < MAX_BATCH) {
      batch.add(aggregate.get(taken++, range));
    }
    if (taken == aggregate.size()) {
      taken = 0;
      at++;
    }
  }

  /** The record at {@code at} as an aggregate, or null where it is none. Examined once. */
  private @Nullable Aggregate aggregate() {
    if (examined != at) {
      examined = at;
      opened = open(stored.get(at));
    }
    return opened;
  }

  private @Nullable Aggregate open(UserRecord record) {
    if (!Aggregate.isLikely(record)) {
      return null;
    }
    try {
      return Aggregate.parse(record, md5);
    } catch (Aggregate.Damaged e) {
      damaged.accept(record, String.valueOf(e.getMessage()));
      return null;
    }
  }

  private RecordBatch finish(List<UserRecord> records) {
    UserRecord last = records.get(records.size() - 1);
    Position end =
        taken > 0
            ? Position.after(last.sequence(), last.subsequence())
            : Position.after(last.sequence());
    boolean more = hasNext();
    long payload = records.stream().mapToLong(UserRecord::length).sum();
    long held = more ? payload : Math.max(payload, uncharged);
    uncharged -= held;
    if (!more) {
      letGo();
    }
    return RecordBatch.of(records, held, more ? Optional.empty() : readTo, end);
  }

  /** An idle reader must not keep the answer before. */
  private void letGo() {
    stored = List.of();
    at = 0;
    examined = NOTHING;
    opened = null;
  }
}
