package dev.millrace.emulator;

import static dev.millrace.emulator.EmulatorFixture.SHARD;
import static dev.millrace.emulator.EmulatorFixture.STREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.model.AccessDeniedException;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.KmsThrottlingException;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;

class FaultsTest {
  private static final FaultScope GET_RECORDS = FaultScope.operation("GetRecords");

  private final EmulatorFixture fixture = EmulatorFixture.withStream();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void next_hitsThatManyCallsAndNoMore() {
    String iterator = fixture.trimHorizon();
    fixture.faults().next(2, Fault.throttle(), GET_RECORDS);

    for (int call = 0; call < 2; call++) {
      assertThatThrownBy(() -> fixture.page(iterator))
          .isInstanceOf(ProvisionedThroughputExceededException.class);
    }
    assertThat(fixture.page(iterator).records()).isEmpty();
    assertThat(fixture.faults().injected())
        .containsOnly(new Faults.Injected("GetRecords", SHARD, Fault.throttle()))
        .hasSize(2);
  }

  @Test
  void next_onAShard_leavesOthersAlone() {
    fixture.streams().updateShardCount(STREAM, 2);
    String first = fixture.trimHorizon("shardId-000000000001");
    String second = fixture.trimHorizon("shardId-000000000002");
    fixture.faults().next(1, Fault.throttle(), GET_RECORDS.onShard("shardId-000000000002"));

    assertThat(fixture.page(first).records()).isEmpty();
    assertThatThrownBy(() -> fixture.page(second))
        .isInstanceOf(ProvisionedThroughputExceededException.class);
  }

  @Test
  void serverError_isOneOfTheServices() {
    String iterator = fixture.trimHorizon();
    fixture.faults().next(1, Fault.serverError(500), GET_RECORDS);
    fixture.faults().next(2, Fault.serverError(503), GET_RECORDS);

    assertThat(error(iterator).statusCode()).isEqualTo(500);
    assertThat(error(iterator).awsErrorDetails().errorCode()).isEqualTo("ServiceUnavailable");
  }

  private KinesisException error(String iterator) {
    return (KinesisException) catchThrowable(() -> fixture.page(iterator));
  }

  @Test
  void droppedConnection_answersNothing() {
    String iterator = fixture.trimHorizon();
    fixture.faults().next(1, Fault.droppedConnection(), GET_RECORDS);

    assertThatThrownBy(() -> fixture.page(iterator)).isInstanceOf(SdkClientException.class);
    assertThat(fixture.page(iterator).records()).isEmpty();
  }

  @Test
  void cutAnswer_runsTheOperationAndTellsHalf() {
    fixture.faults().next(1, Fault.cutAnswer(), FaultScope.operation("PutRecord"));

    assertThatThrownBy(
            () ->
                fixture
                    .kinesis()
                    .putRecord(
                        request ->
                            request
                                .streamName(STREAM)
                                .partitionKey("key")
                                .data(SdkBytes.fromUtf8String("kept"))))
        .isInstanceOf(SdkClientException.class);

    assertThat(fixture.read(fixture.trimHorizon())).containsExactly("kept");
  }

  @Test
  void cutAnswer_ofAPage_isNotTakenForAWholeOne() {
    fixture.put("x".repeat(5000));
    String iterator = fixture.trimHorizon();
    fixture.faults().next(1, Fault.cutAnswer(), GET_RECORDS);

    assertThatThrownBy(() -> fixture.page(iterator)).isInstanceOf(SdkClientException.class);
  }

  @Test
  void expiredIterator_hitsGetRecordsOnly() {
    String iterator = fixture.trimHorizon();
    fixture.faults().next(1, Fault.expiredIterator(), FaultScope.anyCall());

    assertThat(fixture.kinesis().listStreams().streamNames()).containsExactly(STREAM);
    assertThatThrownBy(() -> fixture.page(iterator)).isInstanceOf(ExpiredIteratorException.class);
  }

  @Test
  void emptyAnswer_saysHowFarBehindItIs() {
    fixture.put("value");
    fixture.advance(Duration.ofSeconds(7));
    fixture.faults().next(1, Fault.emptyAnswer(), GET_RECORDS);

    GetRecordsResponse empty = fixture.page(fixture.trimHorizon());

    assertThat(empty.records()).isEmpty();
    assertThat(empty.millisBehindLatest()).isEqualTo(7000);
    assertThat(fixture.read(empty.nextShardIterator())).containsExactly("value");
  }

  @Test
  void credentials_canBeRefusedOrTooOld() {
    fixture.faults().next(1, Fault.accessDenied(), FaultScope.operation("ListShards"));
    assertThatThrownBy(() -> fixture.kinesis().listShards(request -> request.streamName(STREAM)))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("not authorized to perform: kinesis:ListShards");

    fixture.faults().next(1, Fault.expiredCredentials(), FaultScope.operation("ListShards"));
    assertThatThrownBy(() -> fixture.kinesis().listShards(request -> request.streamName(STREAM)))
        .isInstanceOfSatisfying(
            KinesisException.class,
            error -> {
              assertThat(error.statusCode()).isEqualTo(400);
              assertThat(error.awsErrorDetails().errorCode()).isEqualTo("ExpiredTokenException");
            });
  }

  @Test
  void throttle_ofPutRecords_failsEachRecord() {
    fixture.faults().next(1, Fault.throttle(), FaultScope.operation("PutRecords"));
    PutRecordsRequestEntry entry =
        PutRecordsRequestEntry.builder()
            .partitionKey("key")
            .data(SdkBytes.fromUtf8String("value"))
            .build();

    PutRecordsResponse response =
        fixture.kinesis().putRecords(request -> request.streamName(STREAM).records(entry, entry));

    assertThat(response.failedRecordCount()).isEqualTo(2);
    assertThat(fixture.read(fixture.trimHorizon())).isEmpty();
  }

  @Test
  void latency_isAddedToAnAnswerThatIsOtherwiseWhole() {
    fixture.put("value");
    String iterator = fixture.trimHorizon();
    fixture.faults().next(1, Fault.latency(Duration.ofMillis(1)), GET_RECORDS);

    assertThat(fixture.read(iterator)).containsExactly("value");
    assertThat(fixture.read(iterator)).containsExactly("value");
  }

  @Test
  void faultsOfEvents_leaveCallsAlone() {
    fixture.faults().next(1, Fault.stall(), FaultScope.anyCall());
    fixture.faults().next(1, Fault.resetStream(), FaultScope.anyCall());
    fixture.faults().next(1, Fault.shortSubscription(Duration.ZERO), FaultScope.anyCall());

    assertThat(fixture.page(fixture.trimHorizon()).records()).isEmpty();
    assertThat(fixture.faults().injected()).isEmpty();
  }

  @Test
  void refusal_isAnErrorOfThatCode() {
    fixture.faults().next(1, Fault.refusal("KMSThrottlingException"), GET_RECORDS);

    assertThatThrownBy(() -> fixture.page(fixture.trimHorizon()))
        .isInstanceOf(KmsThrottlingException.class);
  }

  @Test
  void rate_isDecidedBySeedHoweverShardsInterleave() {
    List<Boolean> alone = new ArrayList<>();
    Faults one = new Faults(42).rate(0.3, Fault.throttle(), FaultScope.anyCall());
    for (int call = 0; call < 200; call++) {
      alone.add(one.on("GetRecords", "a").isEmpty());
    }

    List<Boolean> amongOthers = new ArrayList<>();
    Faults two = new Faults(42).rate(0.3, Fault.throttle(), FaultScope.anyCall());
    for (int call = 0; call < 200; call++) {
      two.on("GetRecords", "b");
      amongOthers.add(two.on("GetRecords", "a").isEmpty());
      two.on("ListShards", "");
    }

    assertThat(amongOthers).isEqualTo(alone);
    assertThat(alone.stream().filter(healthy -> !healthy).count()).isBetween(40L, 80L);
  }

  @Test
  void rate_differsBySeed() {
    assertThat(hits(1)).isNotEqualTo(hits(2));
  }

  private static List<Boolean> hits(long seed) {
    Faults faults = new Faults(seed).rate(0.5, Fault.throttle(), FaultScope.anyCall());
    List<Boolean> hits = new ArrayList<>();
    for (int call = 0; call < 100; call++) {
      hits.add(!faults.on("GetRecords", "a").isEmpty());
    }
    return hits;
  }

  @Test
  void clear_endsThemAll() {
    fixture.faults().rate(1, Fault.throttle(), FaultScope.anyCall());

    fixture.faults().clear();

    assertThat(fixture.kinesis().listStreams().streamNames()).containsExactly(STREAM);
  }
}
