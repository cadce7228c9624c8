package dev.millrace.pinot.consume;

import dev.millrace.pinot.offset.KinesisOffset;
import dev.millrace.stream.UserRecord;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.pinot.spi.stream.BytesStreamMessage;
import org.apache.pinot.spi.stream.StreamMessage;
import org.apache.pinot.spi.stream.StreamMessageMetadata;
import org.jspecify.annotations.Nullable;

/** User records as Pinot's messages. */
final class MessageMaker {
  /** The names of Pinot's own plugin, which columns {@code __metadata$…} are made of. */
  static final String ARRIVAL = "apprxArrivalTimestamp";

  static final String SEQUENCE = "sequenceNumber";

  /** Ours. */
  static final String SUBSEQUENCE = "subSequenceNumber";

  static final String SHARD = "shardId";
  static final String PARTITION_KEY = "partitionKey";

  private final boolean populateMetadata;

  MessageMaker(ConsumeOptions options) {
    this.populateMetadata = options.populateMetadata();
  }

  /**
   * A message of a whole record.
   *
   * @param next exactly after it; it names the record, too, as Pinot's own plugin does
   */
  StreamMessage<byte[]> of(UserRecord record, KinesisOffset next) {
    return of(record, value(record), next);
  }

  StreamMessage<byte[]> of(UserRecord record, byte[] value, KinesisOffset next) {
    return new BytesStreamMessage(key(record), value, metadata(record, value.length, next));
  }

  /** Pinot's decoders take a message from the beginning of its array on. */
  private static byte[] value(UserRecord record) {
    byte[] buffer = record.buffer();
    return record.offset() == 0 && record.length() == buffer.length ? buffer : record.copyData();
  }

  private static byte @Nullable [] key(UserRecord record) {
    String key = record.partitionKey();
    return key == null ? null : key.getBytes(StandardCharsets.UTF_8);
  }

  StreamMessageMetadata metadata(UserRecord record, int length, KinesisOffset next) {
    StreamMessageMetadata.Builder builder =
        new StreamMessageMetadata.Builder()
            .setRecordIngestionTimeMs(record.arrivalMillis())
            .setSerializedValueSize(length)
            .setOffset(next, next);
    if (populateMetadata) {
      builder.setMetadata(said(record));
    }
    return builder.build();
  }

  private static Map<String, String> said(UserRecord record) {
    Map<String, String> said = new HashMap<>();
    said.put(ARRIVAL, Long.toString(record.arrivalMillis()));
    said.put(SEQUENCE, record.sequence().digits());
    said.put(SUBSEQUENCE, Long.toString(record.subsequence()));
    said.put(SHARD, record.shard().value());
    String key = record.partitionKey();
    if (key != null) {
      said.put(PARTITION_KEY, key);
    }
    return said;
  }
}
