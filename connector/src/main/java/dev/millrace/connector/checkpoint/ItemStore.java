package dev.millrace.connector.checkpoint;

import dev.millrace.connector.checkpoint.Items.Item;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.StreamIdentity;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Checkpoints, marks and the ledger at one place. A name's checkpoint in a stream is one item, so
 * that it moves as a whole; a mark is one item of its reader's group.
 */
final class ItemStore implements CheckpointStore {
  private static final String POSITION = "position";

  private final Items items;
  private final Duration retention;
  private final InstantSource clock;

  ItemStore(Items items, Duration retention, InstantSource clock) {
    this.items = items;
    this.retention = retention;
    this.clock = clock;
  }

  @Override
  public Optional<FoundCheckpoint> find(CheckpointName name, StreamIdentity stream) {
    Optional<Item> item =
        name.readsFrom().flatMap(from -> items.find(position(from, stream), POSITION));
    return item.map(
        found -> understood(() -> CheckpointJson.checkpoint(found.value(), found.version())));
  }

  @Override
  public void mark(DoneMark mark) {
    Optional<Instant> expires = Optional.of(mark.at().plus(retention));
    int number = 0;
    for (var loss : mark.losses()) {
      LedgerEntry entry = new LedgerEntry(mark.reader(), mark.at(), loss);
      String key = mark.at() + " " + mark.reader() + " " + mark.shard() + " " + number++;
      items.put(ledgerOf(mark.stream()), key, CheckpointJson.write(entry), expires);
    }
    items.put(marksOf(mark.reader()), mark.shard().value(), CheckpointJson.write(mark), expires);
  }

  @Override
  public List<DoneMark> marks(String reader) {
    return items.list(marksOf(reader)).stream()
        .map(item -> understood(() -> CheckpointJson.mark(item.value())))
        .toList();
  }

  @Override
  public boolean advance(
      CheckpointName name, Optional<FoundCheckpoint> since, Checkpoint next, String query) {
    String group = position(name.writesTo(), next.stream());
    String text = CheckpointJson.write(next, query, clock.instant());
    if (name.iteration().isPresent()) {
      items.put(group, POSITION, text, Optional.empty());
      return true;
    }
    return items.replace(group, POSITION, text, since.map(FoundCheckpoint::version).orElse(0L));
  }

  @Override
  public void forget(String reader) {
    items.drop(marksOf(reader));
  }

  @Override
  public List<LedgerEntry> ledger(StreamIdentity stream) {
    return items.list(ledgerOf(stream)).stream()
        .map(item -> understood(() -> CheckpointJson.entry(item.value())))
        .toList();
  }

  /** By ARN: a checkpoint of an earlier life has to be found to be refused. */
  private static String position(String name, StreamIdentity stream) {
    return "checkpoint " + stream.arn() + " " + name;
  }

  private static String marksOf(String reader) {
    return "marks " + reader;
  }

  private static String ledgerOf(StreamIdentity stream) {
    return "ledger " + stream.arn() + " " + stream.created();
  }

  private static <T> T understood(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException e) {
      throw new MillraceException(
          ErrorCode.EXTERNAL,
          "Cannot read a checkpoint: what is stored is none of Millrace's, or of a newer version: "
              + e.getMessage(),
          e);
    }
  }

  @Override
  public void close() {
    items.close();
  }
}
