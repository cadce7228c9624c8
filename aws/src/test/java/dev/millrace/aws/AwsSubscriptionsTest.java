package dev.millrace.aws;

import static dev.millrace.aws.FanOutFixture.FIRST;
import static dev.millrace.aws.FanOutFixture.STREAM;
import static dev.millrace.aws.FanOutFixture.SUBSCRIBE;
import static dev.millrace.aws.FanOutFixture.end;
import static dev.millrace.aws.FanOutFixture.failure;
import static dev.millrace.aws.FanOutFixture.push;
import static dev.millrace.aws.FanOutFixture.shard;
import static dev.millrace.aws.FanOutFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.emulator.EmulatorClock;
import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.FanOut;
import dev.millrace.emulator.Fault;
import dev.millrace.emulator.Streams;
import dev.millrace.read.ConsumerArn;
import dev.millrace.read.Event;
import dev.millrace.read.KinesisException;
import dev.millrace.read.KinesisException.Kind;
import dev.millrace.read.Push;
import dev.millrace.read.Subscription;
import dev.millrace.stream.HashKeyRange;
import dev.millrace.stream.Position;
import dev.millrace.stream.SequenceNumber;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Subscriptions over HTTP/2 against the emulator. */
@Timeout(120)
class AwsSubscriptionsTest {
  private static final FanOut FREE = FanOut.defaults().withTakeOverAfter(Duration.ZERO);

  private FanOutFixture fixture = FanOutFixture.with(FREE);

  @AfterEach
  void close() {
    fixture.close();
  }

  private void restart(EmulatorOptions options, int shards) {
    fixture.close();
    fixture = FanOutFixture.with(options, shards);
  }

  private void restart(FanOut fanOut) {
    restart(EmulatorOptions.defaults().withFanOut(fanOut), 1);
  }

  private KinesisException refusal(Position position) {
    return catchThrowableOfType(KinesisException.class, () -> fixture.subscribe(position));
  }

  @Test
  void records_arePushedAsTheyArePut() {
    SequenceNumber before = fixture.put("before");
    Subscription subscription = fixture.subscribe(Position.trimHorizon());

    Push push = push(subscription);
    assertThat(push.records()).extracting(FanOutFixture::text).containsExactly("before");
    assertThat(push.records().get(0).sequence()).isEqualTo(before);
    assertThat(push.bytes()).isEqualTo(6);
    assertThat(push.continuation()).contains(before);
    assertThat(push.millisBehind()).hasValue(0);
    assertThat(push.children()).isEmpty();

    fixture.put("after");
    assertThat(texts(subscription, 1)).containsExactly("after");
  }

  @Test
  void positions_startWhereTheySay() {
    Instant start = Instant.now();
    fixture.put("a");
    SequenceNumber second = fixture.put("b");
    fixture.put("c");

    assertThat(texts(fixture.subscribe(Position.trimHorizon()), 3)).containsExactly("a", "b", "c");
    assertThat(texts(fixture.subscribe(Position.at(second)), 2)).containsExactly("b", "c");
    assertThat(texts(fixture.subscribe(Position.after(second)), 1)).containsExactly("c");
    assertThat(texts(fixture.subscribe(Position.at(start)), 3)).containsExactly("a", "b", "c");
    Subscription latest = fixture.subscribe(Position.latest());
    fixture.put("d");
    assertThat(texts(latest, 1)).containsExactly("d");
  }

  @Test
  void idleShard_isHeardOf() {
    restart(FREE.withHeartbeat(Duration.ofMillis(100)));
    SequenceNumber last = fixture.put("only");
    Subscription subscription = fixture.subscribe(Position.after(last));

    Push heartbeat = push(subscription);

    assertThat(heartbeat.records()).isEmpty();
    assertThat(heartbeat.bytes()).isZero();
    assertThat(heartbeat.millisBehind()).hasValue(0);
    assertThat(last.isBefore(heartbeat.continuation().orElseThrow())).isTrue();
  }

  @Test
  void closedShard_endsWithItsChildrenAndTheirHashKeys() {
    fixture.put("last");
    fixture.streams().split(STREAM.name(), FIRST.value());
    Subscription subscription = fixture.subscribe(Position.trimHorizon());

    List<String> texts = new ArrayList<>();
    Push push;
    do {
      push = push(subscription);
      push.records().forEach(record -> texts.add(FanOutFixture.text(record)));
    } while (push.continuation().isPresent());

    assertThat(texts).containsExactly("last");
    List<HashKeyRange> ranges =
        fixture.streams().shards(STREAM.name()).stream()
            .skip(1)
            .map(s -> new HashKeyRange(s.startingHashKey(), s.endingHashKey()))
            .toList();
    assertThat(push.children())
        .extracting(child -> child.hashKeys().orElseThrow())
        .containsExactlyElementsOf(ranges);
    assertThat(push.children())
        .hasSize(2)
        .allSatisfy(child -> assertThat(child.parents()).containsExactly(FIRST));
    assertThat(end(subscription).cause()).isEmpty();
  }

  @Test
  void lifeThatIsOver_endsWell_andThereIsTheNext() {
    restart(FREE.withSubscriptionLife(Duration.ofMillis(500)));
    List<String> expected = fixture.put(0, 3);
    Subscription first = fixture.subscribe(Position.trimHorizon());
    assertThat(texts(first, 3)).isEqualTo(expected);

    assertThat(end(first).cause()).isEmpty();

    assertThat(texts(fixture.subscribe(Position.trimHorizon()), 3)).isEqualTo(expected);
  }

  @Test
  void secondSubscription_soonAfterTheFirst_isRefusedAsInUse() {
    restart(FanOut.defaults());
    Subscription first = fixture.subscribe(Position.trimHorizon());

    KinesisException refusal = refusal(Position.trimHorizon());

    assertThat(refusal.kind()).isEqualTo(Kind.IN_USE);
    assertThat(refusal)
        .hasMessageContaining(FIRST.value())
        .hasMessageContaining("stream orders")
        .hasMessageContaining(fixture.consumer.value());
    fixture.put("one");
    assertThat(texts(first, 1)).containsExactly("one");
  }

  @Test
  void secondSubscription_later_endsTheFirst() {
    Subscription first = fixture.subscribe(Position.trimHorizon());
    Subscription second = fixture.subscribe(Position.trimHorizon());

    assertThat(end(first).cause()).isEmpty();
    fixture.put("one");
    assertThat(texts(second, 1)).containsExactly("one");
  }

  @Test
  void takeOverThatFails_saysInUse() {
    restart(FREE.withFailingTakeOver());
    Subscription first = fixture.subscribe(Position.trimHorizon());
    fixture.subscribe(Position.trimHorizon());

    assertThat(failure(first).kind()).isEqualTo(Kind.IN_USE);
  }

  @Test
  void refusals_areMappedToWhatFollowsFromThem() {
    fixture.faults().next(1, Fault.throttle(), SUBSCRIBE);
    assertThat(refusal(Position.latest()).kind()).isEqualTo(Kind.THROTTLED);
    fixture.faults().next(1, Fault.accessDenied(), SUBSCRIBE);
    assertThat(refusal(Position.latest()))
        .hasMessageContaining("kinesis:SubscribeToShard")
        .extracting(KinesisException::kind)
        .isEqualTo(Kind.ACCESS_DENIED);
    fixture.faults().next(1, Fault.expiredCredentials(), SUBSCRIBE);
    assertThat(refusal(Position.latest()).kind()).isEqualTo(Kind.CREDENTIALS_EXPIRED);
    fixture.faults().next(1, Fault.serverError(503), SUBSCRIBE);
    assertThat(refusal(Position.latest()).kind()).isEqualTo(Kind.UNAVAILABLE);
    fixture.faults().next(1, Fault.droppedConnection(), SUBSCRIBE);
    assertThat(refusal(Position.latest()).kind()).isEqualTo(Kind.UNAVAILABLE);
    fixture.faults().next(1, Fault.cutAnswer(), SUBSCRIBE);
    assertThat(failure(fixture.subscribe(Position.latest())).kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(refusal(Position.after(new SequenceNumber("7"))).kind())
        .isEqualTo(Kind.INVALID_POSITION);
  }

  @Test
  void whatIsNotThere_isNotFound() {
    ConsumerArn nobody = new ConsumerArn(fixture.consumer.value().replace("reader", "nobody"));
    assertThat(
            catchThrowableOfType(
                    KinesisException.class,
                    () -> fixture.kinesis.subscribe(STREAM, FIRST, nobody, Position.latest()))
                .kind())
        .isEqualTo(Kind.NOT_FOUND);
    assertThat(
            catchThrowableOfType(
                    KinesisException.class,
                    () ->
                        fixture.kinesis.subscribe(
                            STREAM, shard(99), fixture.consumer, Position.latest()))
                .kind())
        .isEqualTo(Kind.NOT_FOUND);
  }

  @ParameterizedTest
  @CsvSource({
    "InternalFailureException, UNAVAILABLE",
    "ResourceInUseException, IN_USE",
    "ResourceNotFoundException, NOT_FOUND",
    "KMSAccessDeniedException, ACCESS_DENIED",
    "KMSDisabledException, ACCESS_DENIED",
    "KMSThrottlingException, THROTTLED",
    "SomethingNewException, UNAVAILABLE"
  })
  void failureOnTheWay_isTheCauseOfTheEnd(String code, Kind kind) {
    Subscription subscription = fixture.subscribe(Position.trimHorizon());
    fixture.faults().next(1, Fault.failedSubscription(code), SUBSCRIBE);

    fixture.put("one");

    assertThat(failure(subscription).kind()).isEqualTo(kind);
    assertThat(failure(subscription)).hasMessageContaining(FIRST.value());
  }

  @Test
  void connectionCutInAnEvent_isTheCauseOfTheEnd() {
    Subscription subscription = fixture.subscribe(Position.trimHorizon());
    fixture.faults().next(1, Fault.cutEvent(), SUBSCRIBE);

    fixture.put("x".repeat(5_000));

    assertThat(failure(subscription).kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(texts(fixture.subscribe(Position.trimHorizon()), 1))
        .containsExactly("x".repeat(5_000));
  }

  @Test
  void streamResetInAnEvent_isTheCauseOfTheEnd_andTheEventIsNotDelivered() {
    Subscription subscription = fixture.subscribe(Position.trimHorizon());
    fixture.faults().next(1, Fault.resetStream(), SUBSCRIBE);

    fixture.put("x".repeat(5_000));

    Event first = FanOutFixture.next(subscription);
    assertThat(first).isInstanceOf(Event.SubscriptionEnded.class);
    assertThat(failure(subscription).kind()).isEqualTo(Kind.UNAVAILABLE);
  }

  @Test
  void deregisteredConsumer_isNotFound() {
    Subscription subscription = fixture.subscribe(Position.trimHorizon());

    fixture.streams().deregisterConsumer(fixture.consumer.value());

    assertThat(failure(subscription).kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(refusal(Position.latest()).kind()).isEqualTo(Kind.NOT_FOUND);
  }

  @Test
  void whoeverDoesNotAsk_holdsTheServiceBack_andOnlyForThatShard() {
    restart(EmulatorOptions.defaults().withFanOut(FREE), 2);
    Subscription slow = fixture.subscribe(Position.trimHorizon());
    List<SequenceNumber> numbers = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      numbers.add(put(1, new byte[1 << 20]));
    }
    Subscription other =
        fixture
            .kinesis
            .subscribe(STREAM, shard(1), fixture.consumer, Position.trimHorizon())
            .subscription();
    for (int i = 0; i < 16; i++) {
      put(-1, new byte[1 << 20]);
    }
    assertThat(texts(other, 16)).hasSize(16);

    // What is trimmed now was never sent.
    fixture.streams().trimAll(STREAM.name(), FIRST.value());
    SequenceNumber last = put(1, new byte[1]);

    List<SequenceNumber> got = new ArrayList<>();
    while (!got.contains(last)) {
      push(slow).records().forEach(record -> got.add(record.sequence()));
    }
    assertThat(got).hasSizeLessThan(32).startsWith(numbers.get(0)).endsWith(last);
    assertThat(got.subList(0, got.size() - 1)).isEqualTo(numbers.subList(0, got.size() - 1));
  }

  /** To the shard with the lowest hash keys, or the one with the highest. */
  private SequenceNumber put(int end, byte[] data) {
    return new SequenceNumber(
        fixture
            .streams()
            .put(
                STREAM.name(),
                "key",
                end > 0
                    ? java.math.BigInteger.ONE
                    : Streams.middleHashKey()
                        .multiply(java.math.BigInteger.TWO)
                        .subtract(java.math.BigInteger.ONE),
                data,
                Instant.now())
            .sequenceNumber());
  }

  @Test
  void serviceTime_isTheServicesOwn() {
    Instant then = Instant.parse("2026-03-01T10:00:00Z");
    restart(EmulatorOptions.defaults().withClock(EmulatorClock.manual(then.plusMillis(600))), 1);

    assertThat(fixture.answer(Position.trimHorizon()).serviceTime()).isEqualTo(then);
  }

  @Test
  void fiftyShardsAtOnce_shareAFewThreads() {
    restart(EmulatorOptions.defaults().withFanOut(FREE), 50);
    List<CompletableFuture<Subscription>> subscribing = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      int number = i;
      subscribing.add(
          CompletableFuture.supplyAsync(
              () ->
                  fixture
                      .kinesis
                      .subscribe(STREAM, shard(number), fixture.consumer, Position.trimHorizon())
                      .subscription()));
    }
    List<Subscription> subscriptions = subscribing.stream().map(FanOutFixture::get).toList();
    List<CompletableFuture<Event>> heard = new ArrayList<>();
    for (Subscription subscription : subscriptions) {
      CompletableFuture<Event> event = new CompletableFuture<>();
      subscription.next(event::complete);
      heard.add(event);
    }
    fixture
        .streams()
        .shards(STREAM.name())
        .forEach(
            shard ->
                fixture
                    .streams()
                    .put(
                        STREAM.name(),
                        "key",
                        shard.startingHashKey(),
                        new byte[] {'a'},
                        Instant.now()));

    assertThat(heard)
        .allSatisfy(event -> assertThat(FanOutFixture.get(event)).isInstanceOf(Event.Pushed.class));
    long threads =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("millrace-push"))
            .count();
    assertThat(threads).isBetween(1L, (long) Runtime.getRuntime().availableProcessors());
  }

  @Test
  void endpointThatDoesNotAnswer_isGivenUp() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        AwsSubscriptions subscriptions =
            new AwsSubscriptions(
                AwsConnection.of(
                    AwsOptions.atEndpoint(URI.create("http://127.0.0.1:" + silent.getLocalPort()))),
                new ServiceClock(InstantSource.system()),
                Duration.ofSeconds(1))) {
      KinesisException failure =
          catchThrowableOfType(
              KinesisException.class,
              () -> subscriptions.subscribe(STREAM, FIRST, fixture.consumer, Position.latest()));

      assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(failure).hasMessageContaining("no answer within 1 s");
    }
  }

  @Test
  void endpointThatIsDown_saysWhichAndWhatToCheck() {
    try (AwsKinesis dead =
        AwsKinesis.connect(AwsOptions.atEndpoint(URI.create("http://127.0.0.1:1")))) {
      KinesisException failure =
          catchThrowableOfType(
              KinesisException.class,
              () -> dead.subscribe(STREAM, FIRST, fixture.consumer, Position.latest()));
      assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(failure)
          .hasMessageContaining("http://127.0.0.1:1")
          .hasMessageContaining("--endpoint-url");
    }
  }

  @Test
  void closingTheClient_closesItsSubscriptions_andDoesNotWaitForThem() {
    Subscription subscription = fixture.subscribe(Position.trimHorizon());
    CompletableFuture<Event> heard = new CompletableFuture<>();
    subscription.next(heard::complete);

    long before = System.nanoTime();
    fixture.kinesis.close();

    // The SDK waits ten seconds for streams that are open.
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(8));
    assertThat(heard).isNotDone();
  }

  @Test
  void https_isSpokenToACertificateThatIsTrusted() throws Exception {
    restart(EmulatorOptions.defaults().withTls(), 1);
    fixture.put("one");
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    trusted.setCertificateEntry("emulator", fixture.emulator.certificate().orElseThrow());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    AwsConnection connection = AwsConnection.of(AwsOptions.atEndpoint(fixture.emulator.endpoint()));

    try (AwsKinesis kinesis = AwsKinesis.connect(connection.withTrust(trust::getTrustManagers))) {
      assertThat(kinesis.summary(STREAM).openShards()).isEqualTo(1);
      assertThat(
              texts(
                  kinesis
                      .subscribe(STREAM, FIRST, fixture.consumer, Position.trimHorizon())
                      .subscription(),
                  1))
          .containsExactly("one");
    }
    assertThat(refusal(Position.trimHorizon()).kind()).isEqualTo(Kind.UNAVAILABLE);
  }
}
