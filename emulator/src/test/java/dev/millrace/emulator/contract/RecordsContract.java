package dev.millrace.emulator.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;
import software.amazon.awssdk.services.kinesis.model.Record;

/** Records: put and taken, and where each goes. */
interface RecordsContract extends ContractTarget {
  @Test
  default void putRecord_comesBackAsItWas() {
    TestStream stream = stream(1);
    byte[] data = new byte[256];
    IntStream.range(0, 256).forEach(i -> data[i] = (byte) i);
    String key = "schlüssel-日本-" + "k".repeat(200);
    Instant before = Instant.now().minusSeconds(5);

    PutRecordResponse put =
        kinesis()
            .putRecord(
                request ->
                    request
                        .streamName(stream.name())
                        .partitionKey(key)
                        .data(SdkBytes.fromByteArray(data)));
    Record record = stream.records(stream.trimHorizon(put.shardId())).get(0);

    assertThat(record.data().asByteArray()).isEqualTo(data);
    assertThat(record.partitionKey()).isEqualTo(key);
    assertThat(record.sequenceNumber()).isEqualTo(put.sequenceNumber()).matches("[1-9]\\d{55}");
    assertThat(record.approximateArrivalTimestamp())
        .isAfter(before)
        .isBefore(before.plusSeconds(60));
  }

  @Test
  default void putRecord_takesNoBytes() {
    TestStream stream = stream(1);

    PutRecordResponse put = stream.put("key", "");

    assertThat(stream.readAll(stream.trimHorizon(put.shardId()))).containsExactly("");
  }

  @Test
  default void putRecord_goesWhereItsKeyHashes() throws Exception {
    TestStream stream = stream(2);
    BigInteger border = new BigInteger(stream.shard(1).hashKeyRange().startingHashKey());

    for (int i = 0; i < 20; i++) {
      String key = "key-" + i;
      byte[] digest = MessageDigest.getInstance("MD5").digest(key.getBytes(StandardCharsets.UTF_8));
      int expected = new BigInteger(1, digest).compareTo(border) < 0 ? 0 : 1;
      assertThat(stream.put(key, "value").shardId()).isEqualTo(stream.shard(expected).shardId());
    }
  }

  @Test
  default void putRecord_goesWhereItsExplicitHashKeySays() {
    TestStream stream = stream(2);

    assertThat(stream.putAt(LOW, "low").shardId()).isEqualTo(stream.shard(0).shardId());
    assertThat(stream.putAt(HIGH, "high").shardId()).isEqualTo(stream.shard(1).shardId());
  }

  @Test
  default void putRecord_refusesAHashKeyOutsideTheSpace() {
    TestStream stream = stream(1);

    assertThatThrownBy(() -> stream.putAt(SPACE, "outside"))
        .isInstanceOf(InvalidArgumentException.class);
  }

  @Test
  default void putRecord_refusesMoreThanOneMebibyte() {
    TestStream stream = stream(1);

    assertThatThrownBy(
            () ->
                kinesis()
                    .putRecord(
                        request ->
                            request
                                .streamName(stream.name())
                                .partitionKey("key")
                                .data(SdkBytes.fromByteArray(new byte[1024 * 1024 + 1]))))
        .isInstanceOfSatisfying(
            KinesisException.class, error -> assertThat(error.statusCode()).isEqualTo(400));
  }

  @Test
  default void putRecords_answersEachRecordInOrder() {
    TestStream stream = stream(1);

    PutRecordsResponse response = stream.putNumbers(50);

    assertThat(response.failedRecordCount()).isZero();
    assertThat(response.records())
        .extracting(result -> new BigInteger(result.sequenceNumber()))
        .isSortedAccordingTo(Comparator.naturalOrder())
        .doesNotHaveDuplicates();
    List<Record> records = stream.records(stream.trimHorizon(stream.shard(0).shardId()));
    assertThat(records)
        .extracting(Record::sequenceNumber)
        .containsExactlyElementsOf(
            response.records().stream().map(PutRecordsResultEntry::sequenceNumber).toList());
    assertThat(records).extracting(TestStream::text).startsWith("0", "1", "2").endsWith("49");
  }

  @Test
  default void putRecords_refusesMoreThan500() throws Throwable {
    TestStream stream = stream(1);

    holdsUnless(
        KnownDifferences.PUT_RECORDS_REFUSES_501,
        () ->
            assertThatThrownBy(() -> stream.putNumbers(501))
                .isInstanceOfSatisfying(
                    KinesisException.class,
                    error -> assertThat(error.statusCode()).isEqualTo(400)));
  }
}
