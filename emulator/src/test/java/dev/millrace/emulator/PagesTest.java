package dev.millrace.emulator;

import static dev.millrace.emulator.EmulatorFixture.STREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.LimitExceededException;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.Record;

/** How much goes into one answer and one request. */
class PagesTest {
  private static final int MIB = 1024 * 1024;

  private final EmulatorFixture fixture = EmulatorFixture.withStream();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void getRecords_answers10000RecordsAndNoMore() {
    for (int i = 0; i < 10_001; i++) {
      fixture.put(new byte[] {(byte) i});
    }

    GetRecordsResponse first = fixture.page(fixture.trimHorizon());
    GetRecordsResponse second = fixture.page(first.nextShardIterator());

    assertThat(first.records()).hasSize(10_000);
    assertThat(first.millisBehindLatest()).isPositive();
    assertThat(second.records())
        .singleElement()
        .extracting(this::firstByte)
        .isEqualTo((byte) 10_000);
  }

  private byte firstByte(Record record) {
    return record.data().asByteArray()[0];
  }

  @Test
  void getRecords_answersExactly10MiB() {
    for (int i = 0; i < 10; i++) {
      fixture.put(new byte[MIB]);
    }
    fixture.put(new byte[0]);
    fixture.put(new byte[1]);

    GetRecordsResponse first = fixture.page(fixture.trimHorizon());

    // A record without data fits into a page that is full to the byte.
    assertThat(first.records()).hasSize(11);
    assertThat(fixture.page(first.nextShardIterator()).records()).hasSize(1);
  }

  @Test
  void getRecords_leavesARecordThatWouldExceed10MiBForTheNextPage() {
    for (int i = 0; i < 10; i++) {
      fixture.put(new byte[MIB - 1]);
    }
    fixture.put(new byte[11]);

    assertThat(fixture.page(fixture.trimHorizon()).records()).hasSize(10);
  }

  @Test
  void getRecords_servesARecordOf10MiBAlone() {
    fixture.streams().setMaxRecordBytes(STREAM, 10 * MIB);
    fixture.put("small");
    fixture.put(new byte[10 * MIB]);
    fixture.put("small");

    GetRecordsResponse first = fixture.page(fixture.trimHorizon());
    GetRecordsResponse second = fixture.page(first.nextShardIterator());
    GetRecordsResponse third = fixture.page(second.nextShardIterator());

    assertThat(first.records()).hasSize(1);
    assertThat(second.records())
        .singleElement()
        .extracting(record -> record.data().asByteArrayUnsafe().length)
        .isEqualTo(10 * MIB);
    assertThat(third.records()).hasSize(1);
  }

  @Test
  void getRecords_ofALargePage_saysTheSameInJson() {
    for (int i = 0; i < 3000; i++) {
      fixture.put(("record " + i).repeat(20));
    }
    String iterator = fixture.trimHorizon();

    try (KinesisClient json = KinesisClients.json(fixture.emulator().endpoint())) {
      assertThat(json.getRecords(request -> request.shardIterator(iterator)).records())
          .isEqualTo(fixture.page(iterator).records())
          .hasSize(3000);
    }
  }

  @Test
  void putRecords_refuses501AndStoresNone() {
    assertThatThrownBy(() -> put(501, 1))
        .isInstanceOfSatisfying(
            KinesisException.class,
            error ->
                assertThat(error.awsErrorDetails().errorCode()).isEqualTo("ValidationException"))
        .hasMessageContaining("less than or equal to 500");
    assertThat(fixture.page(fixture.trimHorizon()).records()).isEmpty();
  }

  @Test
  void putRecords_takes10MiBOfDataAndKeysAndNoMore() {
    // 10 records with a key of one byte each.
    put(10, MIB - 1);

    assertThatThrownBy(() -> put(10, MIB))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("Records size exceeds 10485760 bytes: this request holds 10485770");
    assertThat(fixture.page(fixture.trimHorizon()).records()).hasSize(10);
  }

  @Test
  void putRecords_withOneBadKey_storesNone() {
    assertThatThrownBy(
            () ->
                fixture
                    .kinesis()
                    .putRecords(
                        request ->
                            request.streamName(STREAM).records(entry("good", 1), entry("", 1))))
        .hasMessageContaining("'records.2.member.partitionKey' failed to satisfy constraint");
    assertThat(fixture.page(fixture.trimHorizon()).records()).isEmpty();
  }

  @Test
  void partitionKeys_areCountedInCharactersNotInBytes() {
    fixture
        .kinesis()
        .putRecords(request -> request.streamName(STREAM).records(entry("é".repeat(256), 1)));

    assertThatThrownBy(
            () ->
                fixture
                    .kinesis()
                    .putRecords(
                        request -> request.streamName(STREAM).records(entry("é".repeat(257), 1))))
        .hasMessageContaining("less than or equal to 256");
  }

  @Test
  void memory_beyondItsLimit_isRefusedWithTheLimit() {
    try (EmulatorFixture small =
        EmulatorFixture.withStream(options -> options.withMaxMemoryBytes(2 * MIB))) {
      small.put(new byte[MIB]);

      assertThatThrownBy(
              () ->
                  small
                      .kinesis()
                      .putRecords(
                          request ->
                              request
                                  .streamName(STREAM)
                                  .records(Collections.nCopies(10, entry("k", 200_000)))))
          .isInstanceOf(LimitExceededException.class)
          .hasMessageContaining("its limit of 2097152 (maxMemoryBytes)");
      assertThat(small.page(small.trimHorizon()).records()).hasSize(1);
      small.put("a small one still fits");
    }
  }

  @Test
  void memory_thatRetentionLetGo_isUsedAgain() {
    try (EmulatorFixture small =
        EmulatorFixture.withStream(options -> options.withMaxMemoryBytes(2 * MIB))) {
      for (int day = 0; day < 5; day++) {
        small.put(new byte[MIB]);
        small.put(new byte[MIB / 2]);
        small.advance(Duration.ofHours(25));
      }

      assertThat(small.streams().heldBytes()).isLessThan(2 * MIB);
    }
  }

  private void put(int records, int bytes) {
    fixture
        .kinesis()
        .putRecords(
            request ->
                request
                    .streamName(STREAM)
                    .records(Collections.nCopies(records, entry("k", bytes))));
  }

  private static PutRecordsRequestEntry entry(String key, int bytes) {
    return PutRecordsRequestEntry.builder()
        .partitionKey(key)
        .data(SdkBytes.fromByteArrayUnsafe(new byte[bytes]))
        .build();
  }
}
