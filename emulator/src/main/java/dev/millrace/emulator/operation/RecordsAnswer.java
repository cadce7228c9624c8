package dev.millrace.emulator.operation;

import dev.millrace.emulator.stream.Page;
import dev.millrace.emulator.stream.Shard;
import dev.millrace.emulator.wire.Answer;
import dev.millrace.emulator.wire.FieldWriter;
import dev.millrace.emulator.wire.WireFormat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer of GetRecords. In CBOR the stored records are sent as they lie in the log, between a
 * head and a tail written here; in JSON each is written anew.
 */
record RecordsAnswer(Page page, @Nullable String nextIterator, List<Shard> children)
    implements Answer {
  private static final byte[] RECORDS = "Records".getBytes(StandardCharsets.US_ASCII);
  private static final int MAP_OF_UNKNOWN_SIZE = 0xBF;
  private static final int TEXT = 0x60;
  private static final int ARRAY_UINT32 = 0x9A;

  @Override
  public List<ByteBuffer> encode(WireFormat format) {
    if (format != WireFormat.CBOR) {
      return Answer.super.encode(format);
    }
    List<ByteBuffer> body = new ArrayList<>(page.slices().size() + 2);
    body.add(head());
    body.addAll(page.slices());
    // The tail is an object of its own without the byte that opens it.
    ByteBuffer tail = ByteBuffer.wrap(Answer.fields(format, this::writePosition));
    body.add(tail.position(1));
    return body;
  }

  private ByteBuffer head() {
    return ByteBuffer.allocate(1 + 1 + RECORDS.length + 1 + Integer.BYTES)
        .put((byte) MAP_OF_UNKNOWN_SIZE)
        .put((byte) (TEXT | RECORDS.length))
        .put(RECORDS)
        .put((byte) ARRAY_UINT32)
        .putInt(page.records())
        .flip();
  }

  @Override
  public void writeFields(FieldWriter out) {
    out.objects(
        "Records",
        page.toList(),
        record ->
            out.text("SequenceNumber", record.sequenceNumber())
                .instant(
                    "ApproximateArrivalTimestamp", Instant.ofEpochMilli(record.arrivalMillis()))
                .blob("Data", record.data())
                .text("PartitionKey", record.partitionKey()));
    writePosition(out);
  }

  private void writePosition(FieldWriter out) {
    out.text("NextShardIterator", nextIterator)
        .number("MillisBehindLatest", page.millisBehindLatest());
    if (!children.isEmpty()) {
      out.objects("ChildShards", children, child -> writeChild(out, child));
    }
  }

  private static void writeChild(FieldWriter out, Shard child) {
    out.text("ShardId", child.id()).texts("ParentShards", child.parents().ids());
    ShardFields.writeHashKeyRange(out, child);
  }
}
