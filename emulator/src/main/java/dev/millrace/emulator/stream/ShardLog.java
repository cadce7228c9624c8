package dev.millrace.emulator.stream;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The records of one shard, oldest first. A record's place is its ordinal, counted from 0 at the
 * shard's birth; {@code head} is the trim horizon, {@code tail} the tip. Invariants, under the
 * lock:
 *
 * <ul>
 *   <li>chunks cover [head, tail) without gaps; the first may begin before head
 *   <li>nothing is appended once closed
 *   <li>bytes below a chunk's position never change, so slices outlive the lock
 * </ul>
 *
 * A chunk that is trimmed away is left to the garbage collector: a page on its way to a client may
 * still hold a slice of it.
 */
public final class ShardLog {
  private static final int SMALLEST_CHUNK = 4 * 1024;
  private static final int LARGEST_CHUNK = 1024 * 1024;

  private final SequenceNumbers numbers;
  private final MemoryBudget budget;
  private final List<Chunk> chunks = new ArrayList<>();
  private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
  private long head;
  private long tail;
  private boolean closed;

  ShardLog(BigInteger start, MemoryBudget budget) {
    this.numbers = new SequenceNumbers(start);
    this.budget = budget;
  }

  /** What a record will take of the memory budget. */
  public static long reservation(NewRecord record) {
    // The widest sequence number is 129 digits; a reservation may be a little too large.
    int size = RecordEntry.size(129, record.length(), record.partitionKey().length);
    return (long) size + Chunk.INDEX_BYTES;
  }

  /**
   * Appends a record for which memory was reserved.
   *
   * @return its sequence number, or nothing if the shard has been closed
   */
  Optional<String> append(NewRecord record, long arrivalMillis) {
    Optional<String> number = appendLocked(record, arrivalMillis);
    watchers.forEach(Runnable::run);
    return number;
  }

  /** Has {@code action} run after every change; it must return at once. */
  public void watch(Runnable action) {
    watchers.add(action);
    action.run();
  }

  public void unwatch(Runnable action) {
    watchers.remove(action);
  }

  private synchronized Optional<String> appendLocked(NewRecord record, long arrivalMillis) {
    if (closed) {
      return Optional.empty();
    }
    byte[] digits = numbers.next();
    int size = RecordEntry.size(digits.length, record.length(), record.partitionKey().length);
    chunkFor(size).append(digits, arrivalMillis, record);
    budget.release(reservation(record) - size - Chunk.INDEX_BYTES);
    tail++;
    return Optional.of(new String(digits, StandardCharsets.US_ASCII));
  }

  private Chunk chunkFor(int size) {
    Chunk last = chunks.isEmpty() ? null : chunks.get(chunks.size() - 1);
    if (last != null && last.hasRoom(size)) {
      return last;
    }
    // Chunks grow with the shard: thousands of small shards must not take a megabyte each.
    int grown = last == null ? SMALLEST_CHUNK : Math.min(LARGEST_CHUNK, last.capacity() * 2);
    Chunk next = new Chunk(tail, Math.max(Math.max(SMALLEST_CHUNK, grown), size));
    chunks.add(next);
    return next;
  }

  /** A page from {@code from} on: at least one record where there is one, whatever its size. */
  synchronized Page read(long from, int maxRecords, long maxDataBytes, long nowMillis) {
    long start = Math.min(Math.max(from, head), tail);
    List<ByteBuffer> slices = new ArrayList<>();
    long next = start;
    long dataBytes = 0;
    for (int i = chunkIndex(start); i < chunks.size() && next - start < maxRecords; i++) {
      Chunk chunk = chunks.get(i);
      long end = chunk.cut(next, maxRecords - (next - start), maxDataBytes - dataBytes);
      if (end == next) {
        if (next > start) {
          break;
        }
        end = next + 1;
      }
      slices.add(chunk.slice(next, end));
      dataBytes += chunk.dataBytes(next, end);
      next = end;
      if (next < chunk.endOrdinal()) {
        break;
      }
    }
    return new Page(
        slices,
        (int) (next - start),
        dataBytes,
        next,
        millisBehind(start, next, nowMillis),
        closed && next == tail);
  }

  /** A page without records, as the service sometimes answers though there are some. */
  synchronized Page readNothing(long from, long nowMillis) {
    long start = Math.min(Math.max(from, head), tail);
    return new Page(
        List.of(), 0, 0, start, millisBehind(start, start, nowMillis), closed && start == tail);
  }

  private long millisBehind(long start, long next, long nowMillis) {
    if (next == tail) {
      return 0;
    }
    // 0 says "caught up", which is not true here even within the same millisecond.
    return Math.max(1, nowMillis - arrival(next == start ? start : next - 1));
  }

  private long arrival(long ordinal) {
    return chunks.get(chunkIndex(ordinal)).arrival(ordinal);
  }

  /** The chunk holding {@code ordinal}, or the number of chunks where it is the tip. */
  private int chunkIndex(long ordinal) {
    int low = 0;
    int high = chunks.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (chunks.get(middle).endOrdinal() <= ordinal) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  public synchronized long head() {
    return head;
  }

  public synchronized long tail() {
    return tail;
  }

  /** The first record, in sequence order, that arrived at {@code millis} or later; else the tip. */
  public synchronized long firstArrivedAtOrAfter(long millis) {
    for (int i = chunkIndex(head); i < chunks.size(); i++) {
      Chunk chunk = chunks.get(i);
      if (chunk.newestArrival() >= millis) {
        long from = Math.max(head, chunk.firstOrdinal());
        long found = chunk.firstArrivedAtOrAfter(from, millis);
        if (found < chunk.endOrdinal()) {
          return found;
        }
      }
    }
    return tail;
  }

  /** Whether {@code number} can have been given to this shard. */
  public synchronized boolean owns(BigInteger number) {
    return number.compareTo(numbers.start()) >= 0 && number.compareTo(numbers.of(tail)) <= 0;
  }

  public long firstAtOrAfter(BigInteger number) {
    return numbers.firstAtOrAfter(number);
  }

  public long firstAfter(BigInteger number) {
    return numbers.firstAfter(number);
  }

  /** The number of the record before {@code ordinal}, trimmed or not; else the shard's start. */
  public BigInteger numberBefore(long ordinal) {
    return numbers.of(ordinal - 1);
  }

  /** A number that no record has, between the record before {@code ordinal} and the one at it. */
  public BigInteger numberBetween(long ordinal) {
    return numbers.of(ordinal - 1).add(BigInteger.ONE);
  }

  BigInteger startingSequenceNumber() {
    return numbers.start();
  }

  /** Closes the log; its ending sequence number is one that no record has, above all of them. */
  synchronized BigInteger close() {
    closed = true;
    watchers.forEach(Runnable::run);
    return numbers.of(tail);
  }

  /** Drops the oldest records as long as they arrived before {@code millis}. */
  synchronized void trimArrivedBefore(long millis) {
    long to = head;
    while (to < tail && arrival(to) < millis) {
      to++;
    }
    trimTo(to);
  }

  /** Drops every record before {@code ordinal}. */
  public synchronized void trimTo(long ordinal) {
    head = Math.min(tail, Math.max(head, ordinal));
    int dropped = 0;
    while (dropped < chunks.size() && chunks.get(dropped).endOrdinal() <= head) {
      budget.release(chunks.get(dropped).heldBytes());
      dropped++;
    }
    chunks.subList(0, dropped).clear();
  }
}
