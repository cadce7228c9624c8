package dev.millrace.simulation;

import dev.millrace.simulation.Aggregates.Content;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.UserRecord;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Makes records: mostly plain ones, and everything that is hard to read. */
final class RecordMaker {
  /** Shared by all seeds: only views of it differ. */
  private static final byte[] LARGE = new byte[10 << 20];

  /** More user records than a batch takes. */
  private static final int OVERSIZED = 10_400;

  private final Dice dice;
  private final List<Key> keys;
  private final double aggregates;
  private final double damages;
  private final double empties;
  private final double giants;
  private boolean burstsLeft;
  private boolean oversizedLeft;
  private long put;

  RecordMaker(Dice dice, List<Key> keys) {
    this.dice = dice;
    this.keys = keys;
    this.aggregates = dice.chance(0.7) ? dice.pick(List.of(0.01, 0.05, 0.2)) : 0;
    this.damages = dice.chance(0.6) ? 0.006 : 0;
    this.empties = dice.chance(0.6) ? 0.02 : 0;
    this.giants = dice.chance(0.5) ? 0.004 : 0;
    this.burstsLeft = dice.chance(0.4);
    this.oversizedLeft = dice.chance(0.04);
  }

  /** How many records of one key are put at once: once in some seeds, more than a page takes. */
  int burst() {
    if (burstsLeft && dice.chance(0.01)) {
      burstsLeft = false;
      return dice.between(11_100, 12_000);
    }
    return 1;
  }

  /** A record that is like any other. */
  Stored makePlain(
      WorldShard shard, SequenceNumber sequence, Key key, long visibleAt, long arrival) {
    byte[] data = data();
    return plain(shard, sequence, key, visibleAt, arrival, data, data.length, false);
  }

  Stored make(WorldShard shard, SequenceNumber sequence, Key key, long visibleAt, long arrival) {
    if (dice.chance(damages)) {
      byte[] data = Aggregates.damaged(contents(key, dice.between(1, 4)), dice);
      return plain(shard, sequence, key, visibleAt, arrival, data, data.length, true);
    }
    if (dice.chance(aggregates)) {
      return aggregate(shard, sequence, key, visibleAt, arrival);
    }
    if (dice.chance(giants)) {
      int length = LARGE.length - dice.between(0, 1_000) - (dice.chance(0.7) ? 9 << 20 : 0);
      return plain(shard, sequence, key, visibleAt, arrival, LARGE, length, false);
    }
    byte[] data = dice.chance(empties) ? new byte[0] : data();
    return plain(shard, sequence, key, visibleAt, arrival, data, data.length, false);
  }

  private byte[] data() {
    return ByteBuffer.allocate(Long.BYTES).putLong(put).array();
  }

  private Stored plain(
      WorldShard shard,
      SequenceNumber sequence,
      Key key,
      long visibleAt,
      long arrival,
      byte[] data,
      int length,
      boolean damaged) {
    UserRecord record = record(shard, sequence, key, arrival, data, length);
    Part part = new Part(key, put++, false, data, 0, length);
    return new Stored(record, visibleAt, arrival, damaged, List.of(part));
  }

  private static UserRecord record(
      WorldShard shard, SequenceNumber sequence, Key key, long arrival, byte[] data, int length) {
    long millis = Scheduler.instant(arrival).toEpochMilli();
    return new UserRecord(shard.id, sequence, 0, millis, key.name(), data, 0, length);
  }

  private Stored aggregate(
      WorldShard shard, SequenceNumber sequence, Key key, long visibleAt, long arrival) {
    List<Content> contents = contents(key, size());
    byte[] data = Aggregates.encode(contents);
    List<Part> parts = new ArrayList<>();
    for (Content content : contents) {
      boolean outside = !shard.hashKeys.contains(content.hash());
      byte[] own = content.data();
      parts.add(new Part(content.key(), put++, outside, own, 0, own.length));
    }
    UserRecord record = record(shard, sequence, key, arrival, data, data.length);
    return new Stored(record, visibleAt, arrival, false, parts);
  }

  private int size() {
    if (oversizedLeft && dice.chance(0.05)) {
      oversizedLeft = false;
      return OVERSIZED;
    }
    return dice.between(1, 12);
  }

  /** Mostly of one key; what is of another, or has a hash of its own, may be of another shard. */
  private List<Content> contents(Key key, int count) {
    List<Content> contents = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] data = ByteBuffer.allocate(Long.BYTES).putLong(put + i).array();
      if (dice.chance(0.1)) {
        contents.add(new Content(key, new BigInteger(128, new java.util.Random(put + i)), data));
      } else {
        contents.add(new Content(dice.chance(0.7) ? key : dice.pick(keys), null, data));
      }
    }
    return contents;
  }
}
