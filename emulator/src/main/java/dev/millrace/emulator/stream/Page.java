package dev.millrace.emulator.stream;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What one GetRecords call found.
 *
 * @param slices the encoded records, each buffer holding whole records
 * @param nextOrdinal where the next page starts
 * @param millisBehindLatest 0 when nothing newer is in the shard
 * @param atEnd the shard is closed and nothing follows
 */
public record Page(
    List<ByteBuffer> slices,
    int records,
    long dataBytes,
    long nextOrdinal,
    long millisBehindLatest,
    boolean atEnd) {

  public void forEach(Consumer<StoredRecord> action) {
    for (ByteBuffer slice : slices) {
      ByteBuffer rest = slice.duplicate();
      while (rest.hasRemaining()) {
        action.accept(RecordEntry.read(rest));
      }
    }
  }

  public List<StoredRecord> toList() {
    List<StoredRecord> list = new ArrayList<>(records);
    forEach(list::add);
    return list;
  }
}
