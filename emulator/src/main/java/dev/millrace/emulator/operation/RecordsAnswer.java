package dev.millrace.emulator.operation;

import dev.millrace.emulator.stream.Page;
import dev.millrace.emulator.wire.Answer;
import dev.millrace.emulator.wire.FieldWriter;
import dev.millrace.emulator.wire.WireFormat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Records as GetRecords answers and SubscribeToShard pushes them. In CBOR the stored records are
 * sent as they lie in the log, between a head and a tail written here; in JSON each is written
 * anew.
 *
 * @param position the fields that say how to go on
 */
record RecordsAnswer(Page page, Answer position) implements Answer {
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
    ByteBuffer tail = ByteBuffer.wrap(Answer.fields(format, position));
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
    position.writeFields(out);
  }
}
