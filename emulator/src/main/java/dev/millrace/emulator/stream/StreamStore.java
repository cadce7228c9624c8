package dev.millrace.emulator.stream;

import dev.millrace.emulator.limits.ShardRates;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** The streams of one account in one region. Thread-safe. */
public final class StreamStore {
  private final ConcurrentNavigableMap<String, KinesisStream> byName =
      new ConcurrentSkipListMap<>();
  private final Map<Long, KinesisStream> bySerial = new ConcurrentHashMap<>();
  private final AtomicLong nextSerial = new AtomicLong(1);
  private final InstantSource clock;
  private final MemoryBudget budget;
  private final ShardRates rates;
  private final StartNumbers startNumbers;

  public StreamStore(
      InstantSource clock, MemoryBudget budget, ShardRates rates, StartNumbers startNumbers) {
    this.clock = clock;
    this.budget = budget;
    this.rates = rates;
    this.startNumbers = startNumbers;
  }

  public InstantSource clock() {
    return clock;
  }

  public MemoryBudget budget() {
    return budget;
  }

  /** Creates a stream unless one of that name exists; says whether it did. */
  public boolean createIfAbsent(String name, int shards, int maxRecordBytes) {
    return createIfAbsent(name, shards, maxRecordBytes, startNumbers);
  }

  /** Creates a stream whose sequence numbers start where a test wants them. */
  public synchronized boolean createIfAbsent(
      String name, int shards, int maxRecordBytes, StartNumbers numbers) {
    if (byName.containsKey(name)) {
      return false;
    }
    long serial = nextSerial.getAndIncrement();
    KinesisStream stream =
        new KinesisStream(
            serial,
            name,
            shards,
            maxRecordBytes,
            new KinesisStream.Settings(clock, budget, rates, numbers));
    bySerial.put(serial, stream);
    byName.put(name, stream);
    return true;
  }

  public Optional<KinesisStream> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  public Optional<KinesisStream> find(long serial) {
    return Optional.ofNullable(bySerial.get(serial));
  }

  /** All streams, by name. */
  public Collection<KinesisStream> all() {
    return byName.values();
  }

  /** The streams whose names come after {@code name}. */
  public Collection<KinesisStream> after(String name) {
    return byName.tailMap(name, false).values();
  }

  public synchronized void delete(KinesisStream stream) {
    byName.remove(stream.name(), stream);
    bySerial.remove(stream.serial());
    stream.delete();
  }

  /** Reserves memory for records about to be put, after trimming every stream if need be. */
  public boolean tryReserve(long bytes) {
    if (budget.tryReserve(bytes)) {
      return true;
    }
    all().forEach(KinesisStream::trim);
    return budget.tryReserve(bytes);
  }

  /** Gives back what was reserved for records that were not put. */
  public void release(long bytes) {
    budget.release(bytes);
  }

  /** Deletes everything. */
  public void clear() {
    all().forEach(this::delete);
  }
}
