package dev.millrace.emulator;

import static dev.millrace.emulator.EmulatorFixture.SHARD;
import static dev.millrace.emulator.EmulatorFixture.STREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

class LimitsTest {
  private static final int MIB = 1024 * 1024;

  static Stream<Limits> bothShapes() {
    return Stream.of(Limits.fixedWindow(), Limits.tokenBucket());
  }

  private static EmulatorFixture limited(Limits limits) {
    return EmulatorFixture.withStream(options -> options.withLimits(limits));
  }

  @ParameterizedTest
  @MethodSource("bothShapes")
  void getRecords_theSixthCallInASecond_isThrottled(Limits limits) {
    try (EmulatorFixture fixture = limited(limits)) {
      String iterator = fixture.trimHorizon();
      for (int call = 0; call < 5; call++) {
        fixture.page(iterator);
      }

      assertThatThrownBy(() -> fixture.page(iterator))
          .isInstanceOf(ProvisionedThroughputExceededException.class)
          .hasMessageContaining("Rate exceeded for shard " + SHARD + " in stream " + STREAM);
      fixture.advance(Duration.ofSeconds(1));
      assertThat(fixture.page(iterator).records()).isEmpty();
    }
  }

  @Test
  void getRecords_withATokenBucket_aFifthOfASecondBuysACall() {
    try (EmulatorFixture fixture = limited(Limits.tokenBucket())) {
      String iterator = fixture.trimHorizon();
      for (int call = 0; call < 5; call++) {
        fixture.page(iterator);
      }

      fixture.advance(Duration.ofMillis(199));
      assertThatThrownBy(() -> fixture.page(iterator))
          .isInstanceOf(ProvisionedThroughputExceededException.class);
      fixture.advance(Duration.ofMillis(1));
      assertThat(fixture.page(iterator).records()).isEmpty();
    }
  }

  @Test
  void getRecords_withAFixedWindow_theNextSecondOfTheClockStartsAnew() {
    try (EmulatorFixture fixture = limited(Limits.fixedWindow())) {
      String iterator = fixture.trimHorizon();
      fixture.advance(Duration.ofMillis(999));
      for (int call = 0; call < 5; call++) {
        fixture.page(iterator);
      }

      fixture.advance(Duration.ofMillis(1));
      for (int call = 0; call < 5; call++) {
        fixture.page(iterator);
      }
      assertThatThrownBy(() -> fixture.page(iterator))
          .isInstanceOf(ProvisionedThroughputExceededException.class);
    }
  }

  @Test
  void reads_areCountedWhereTheyAreLimited() {
    try (EmulatorFixture fixture = limited(Limits.tokenBucket())) {
      for (int i = 0; i < 3; i++) {
        fixture.put(new byte[MIB]);
      }
      String first = fixture.trimHorizon();
      String next =
          fixture
              .kinesis()
              .getRecords(request -> request.shardIterator(first).limit(2))
              .nextShardIterator();
      assertThatThrownBy(() -> fixture.page(next))
          .isInstanceOf(ProvisionedThroughputExceededException.class);
      fixture.advance(Duration.ofMillis(700));
      String end = fixture.page(next).nextShardIterator();
      fixture.advance(Duration.ofSeconds(1));
      fixture.page(end);

      assertThat(fixture.streams().reads(STREAM, SHARD))
          .isEqualTo(new Streams.ReadCount(3, 1, 3 * MIB, 2 * MIB, Duration.ofMillis(700)));
    }
  }

  @ParameterizedTest
  @MethodSource("bothShapes")
  void getRecords_after10MiB_isThrottledForFiveSeconds(Limits limits) {
    try (EmulatorFixture fixture = limited(limits)) {
      for (int i = 0; i < 10; i++) {
        fixture.put(new byte[MIB]);
      }
      String iterator = fixture.trimHorizon();
      String next = fixture.page(iterator).nextShardIterator();

      fixture.advance(Duration.ofMillis(3999));
      assertThatThrownBy(() -> fixture.page(next))
          .isInstanceOf(ProvisionedThroughputExceededException.class);
      fixture.advance(Duration.ofMillis(1002));
      assertThat(fixture.page(next).records()).isEmpty();
    }
  }

  @Test
  void getRecords_withMegabytesInsteadOfMebibytes_paysLonger() {
    Limits megabytes = Limits.tokenBucket().withReadBytesPerSecond(2_000_000);
    try (EmulatorFixture fixture = limited(megabytes)) {
      for (int i = 0; i < 10; i++) {
        fixture.put(new byte[MIB]);
      }
      String next = fixture.page(fixture.trimHorizon()).nextShardIterator();

      // 10 MiB less the 2 MB that were there: 8,485,760 bytes at 2 MB a second.
      fixture.advance(Duration.ofMillis(4242));
      assertThatThrownBy(() -> fixture.page(next))
          .isInstanceOf(ProvisionedThroughputExceededException.class);
      fixture.advance(Duration.ofMillis(1));
      assertThat(fixture.page(next).records()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("bothShapes")
  void getShardIterator_theSixthInASecond_isThrottled(Limits limits) {
    try (EmulatorFixture fixture = limited(limits)) {
      for (int call = 0; call < 5; call++) {
        fixture.iterator(SHARD, ShardIteratorType.LATEST);
      }

      assertThatThrownBy(() -> fixture.iterator(SHARD, ShardIteratorType.LATEST))
          .isInstanceOf(ProvisionedThroughputExceededException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("bothShapes")
  void putRecords_beyond1000RecordsASecond_failsByRecord(Limits limits) {
    try (EmulatorFixture fixture = limited(limits)) {
      assertThat(put(fixture, 500, 1).failedRecordCount()).isZero();
      assertThat(put(fixture, 499, 1).failedRecordCount()).isZero();

      PutRecordsResponse third = put(fixture, 3, 1);

      assertThat(third.failedRecordCount()).isEqualTo(2);
      assertThat(third.records().get(0).errorCode()).isNull();
      assertThat(third.records().get(1).errorCode())
          .isEqualTo("ProvisionedThroughputExceededException");
      assertThat(third.records().get(1).sequenceNumber()).isNull();
      fixture.advance(Duration.ofSeconds(1));
      assertThat(put(fixture, 500, 1).failedRecordCount()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("bothShapes")
  void putRecords_beyond1MiBASecond_failsByRecord(Limits limits) {
    try (EmulatorFixture fixture = limited(limits)) {
      assertThat(put(fixture, 5, 256 * 1024).failedRecordCount()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @MethodSource("bothShapes")
  void putRecord_beyondTheRate_isAnError(Limits limits) {
    try (EmulatorFixture fixture = limited(limits)) {
      assertThat(put(fixture, 3, 300 * 1024).failedRecordCount()).isZero();

      assertThatThrownBy(
              () ->
                  fixture
                      .kinesis()
                      .putRecord(
                          request ->
                              request
                                  .streamName(STREAM)
                                  .partitionKey("k")
                                  .data(SdkBytes.fromByteArray(new byte[300 * 1024]))))
          .isInstanceOf(ProvisionedThroughputExceededException.class);
    }
  }

  private static PutRecordsResponse put(EmulatorFixture fixture, int records, int bytes) {
    PutRecordsRequestEntry entry =
        PutRecordsRequestEntry.builder()
            .partitionKey("k")
            .data(SdkBytes.fromByteArray(new byte[bytes]))
            .build();
    return fixture
        .kinesis()
        .putRecords(
            request -> request.streamName(STREAM).records(Collections.nCopies(records, entry)));
  }

  @ParameterizedTest
  @MethodSource("bothShapes")
  void push_isTwoMebibytesASecond_besideWhatPollersRead(Limits limits) {
    try (EmulatorFixture fixture = limited(limits);
        KinesisAsyncClient kinesis = KinesisAsyncClients.cbor(fixture.emulator().endpoint())) {
      for (int i = 0; i < 10; i++) {
        fixture.put(new byte[MIB]);
      }
      // Ten mebibytes leave the shard in debt with its pollers, and with nobody else.
      assertThat(fixture.page(fixture.trimHorizon()).records()).hasSize(10);
      String first = fixture.streams().registerConsumer(STREAM, "first");
      String second = fixture.streams().registerConsumer(STREAM, "second");

      assertPaced(fixture, TestSubscription.trimHorizon(kinesis, first, SHARD));
      assertThat(TestSubscription.trimHorizon(kinesis, second, SHARD).texts(2)).hasSize(2);
    }
  }

  private static void assertPaced(EmulatorFixture fixture, TestSubscription subscription) {
    for (int taken = 0; taken < 10; taken += 2) {
      assertThat(subscription.texts(2)).hasSize(2);
      assertThat(subscription.isSilent()).isTrue();
      fixture.advance(Duration.ofSeconds(1));
    }
  }

  @Test
  void push_ofASlowerRate_isSlower() {
    try (EmulatorFixture fixture = limited(Limits.tokenBucket().withPushBytesPerSecond(1000));
        KinesisAsyncClient kinesis = KinesisAsyncClients.cbor(fixture.emulator().endpoint())) {
      String consumer = fixture.streams().registerConsumer(STREAM, "reader");
      TestSubscription subscription = TestSubscription.trimHorizon(kinesis, consumer, SHARD);
      fixture.put(new byte[3000]);
      assertThat(subscription.texts(1)).hasSize(1);
      fixture.put("next");

      fixture.advance(Duration.ofSeconds(2));
      assertThat(subscription.isSilent()).isTrue();
      fixture.advance(Duration.ofMillis(1));
      assertThat(subscription.texts(1)).containsExactly("next");
    }
  }
}
