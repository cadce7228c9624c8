package dev.millrace.local;

import static dev.millrace.local.Home.order;
import static dev.millrace.local.Home.orders;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.aws.Connections;
import dev.millrace.local.query.Explanation.StreamPart;
import dev.millrace.local.query.QueryRequest;
import dev.millrace.local.query.Since;
import dev.millrace.local.query.StartReason;
import dev.millrace.read.Pacing;
import dev.millrace.read.ShardBudgets;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.table.MessageDefinition;
import dev.millrace.table.OnBad;
import dev.millrace.table.Start;
import dev.millrace.table.StreamAccess;
import dev.millrace.table.TableDefinition;
import dev.millrace.table.TableName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a definition says beside its columns: of access, start and bad records. */
final class DefinitionTest {
  private static final QueryRequest IDS = QueryRequest.of("SELECT id FROM orders ORDER BY id");

  @TempDir private Path directory;

  private static TableDefinition in(String table, String region) {
    return with(table, FakeRegions.access(region), Optional.empty(), Optional.empty());
  }

  private static TableDefinition starting(Start start) {
    return with("orders", StreamAccess.AMBIENT, Optional.of(start), Optional.empty());
  }

  private static TableDefinition onBad(String table, OnBad onBad) {
    return with(table, StreamAccess.AMBIENT, Optional.empty(), Optional.of(onBad));
  }

  private static TableDefinition with(
      String table, StreamAccess access, Optional<Start> start, Optional<OnBad> onBad) {
    MessageDefinition message = orders().message();
    return new TableDefinition(
        new TableName("shop", table),
        orders().stream(),
        access,
        start,
        new MessageDefinition(
            message.compression(), message.envelopes(), message.format(), message.columns(), onBad),
        table + ".json");
  }

  @Test
  void streamsOfOneNameInTwoRegions_areTwoStreams() {
    FakeRegions regions = new FakeRegions();
    for (String region : List.of("eu-west-1", "us-east-1")) {
      FakeKinesis kinesis = regions.add(region).stream("orders", 2);
      kinesis.put("orders", 0, order(region.length(), region));
      kinesis.put("orders", 1, order(7, "both"));
      kinesis.advance(Duration.ofMinutes(1));
    }
    try (Home home =
        new Home(
            Home.options(directory), regions, in("west", "eu-west-1"), in("east", "us-east-1"))) {
      String joined =
          "SELECT w.id, w.item, e.item FROM west w JOIN east e ON w.id = e.id ORDER BY ALL";
      assertThat(home.rows(joined)).containsExactly("7|both|both", "9|eu-west-1|us-east-1");
      assertThat(home.rows(joined)).as("stored").hasSize(2);
      assertThat(home.embedded().explain(QueryRequest.of(joined)).streams())
          .extracting(stream -> List.of(stream.identity().arn().split(":", -1)).get(3))
          .containsExactlyInAnyOrder("eu-west-1", "us-east-1");
    }
    try (Home again = new Home(Home.options(directory), regions, in("east", "us-east-1"))) {
      assertThat(again.rows("SELECT item FROM east ORDER BY 1"))
          .containsExactly("both", "us-east-1");
    }
  }

  /** A connection for each access, all to one service. */
  private record TwoWays(FakeKinesis kinesis) implements Connections {
    private record Way(StreamAccess access, FakeKinesis kinesis, ShardBudgets budgets)
        implements Connection {}

    @Override
    public Connection to(StreamAccess access) {
      return new Way(access, kinesis, new ShardBudgets(Pacing.unlimited()));
    }

    @Override
    public void close() {}
  }

  @Test
  void oneStreamReachedInTwoWays_isReadOnce() {
    FakeKinesis kinesis = new FakeKinesis().stream("orders", 1);
    kinesis.put("orders", 0, order(1, "mill"));
    kinesis.advance(Duration.ofMinutes(1));
    try (Home home =
        new Home(Home.options(directory), new TwoWays(kinesis), in("one", "a"), in("other", "b"))) {
      assertThat(home.rows("SELECT one.id, other.id FROM one JOIN other USING (item)"))
          .containsExactly("1|1");
      assertThat(kinesis.servedAgain()).isZero();
    }
  }

  @Test
  void twoStreamsOfOneArn_areRefused() {
    FakeRegions regions = new FakeRegions();
    regions.add("a").region("same").stream("orders", 1);
    regions.add("b").region("same").stream("orders", 1).advance(Duration.ofHours(1)).stream(
        "orders", 1);
    try (Home home = new Home(Home.options(directory), regions, in("one", "a"), in("other", "b"))) {
      assertThatThrownBy(() -> home.rows("SELECT * FROM one, other"))
          .isInstanceOfSatisfying(
              MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USER))
          .hasMessageContainingAll("shop.one", "shop.other", ":same:", "--store");
    }
  }

  @Test
  void definitionWithAnAccess_isRefusedWhereThereIsOneService() {
    FakeKinesis kinesis = new FakeKinesis().stream("orders", 1);
    try (Home home = new Home(directory, kinesis, in("orders", "eu-west-1"))) {
      assertThatThrownBy(() -> home.rows(IDS)).hasMessageContaining("region");
    }
  }

  /** Three records, 70, 30 and 1 hours old, in a stream that keeps 100 hours. */
  private static FakeKinesis threeDays() {
    FakeKinesis kinesis = new FakeKinesis().stream("orders", 1);
    kinesis.retention("orders", Duration.ofHours(100));
    kinesis.put("orders", 0, order(70, "old"));
    kinesis.advance(Duration.ofHours(40));
    kinesis.put("orders", 0, order(30, "older than a day"));
    kinesis.advance(Duration.ofHours(29));
    kinesis.put("orders", 0, order(1, "new"));
    kinesis.advance(Duration.ofHours(1));
    return kinesis;
  }

  private Home.Answer ids(Start start, QueryRequest request) {
    try (Home home = new Home(directory, threeDays(), starting(start))) {
      return home.answer(request);
    }
  }

  @Test
  void startOfTheDefinition_countsWhereTheQueryDoesNotSay() {
    Start all = new Start.TrimHorizon();
    assertThat(ids(all, IDS).rows()).containsExactly("1", "30", "70");
    assertThat(ids(all, IDS).notices()).isEmpty();
    Home.Answer ago = ids(new Start.Ago(Duration.ofHours(31)), IDS);
    assertThat(ago.rows()).containsExactly("1", "30");
    assertThat(ago.notices())
        .singleElement()
        .asString()
        .contains("orders.json starts shop.orders", "keeps 100 hours", "--since");
    Instant time = FakeKinesis.START.plus(Duration.ofHours(40));
    assertThat(ids(new Start.At(time), IDS).rows()).containsExactly("1", "30");
    assertThat(ids(new Start.At(FakeKinesis.START.minus(Duration.ofDays(99))), IDS).rows())
        .hasSize(3);
  }

  @Test
  void sinceAndTheStatement_winOverTheDefinition() {
    Start all = new Start.TrimHorizon();
    assertThat(ids(all, IDS.withSince(Since.back(Duration.ofHours(2)))).rows())
        .containsExactly("1");
    assertThat(
            ids(
                    all,
                    QueryRequest.of(
                        "SELECT id FROM orders WHERE _timestamp > now() - INTERVAL 2 HOUR"))
                .rows())
        .containsExactly("1");
    assertThat(ids(new Start.Ago(Duration.ofHours(2)), IDS.withSince(Since.trimHorizon())).rows())
        .hasSize(3);
  }

  @Test
  void latest_isForFollowers_aQueryStartsAsByDefault() {
    Home.Answer answer = ids(new Start.Latest(), IDS);
    assertThat(answer.rows()).containsExactly("1");
    assertThat(answer.notices()).singleElement().asString().contains("last 24 hours");
  }

  @Test
  void upperBoundBeforeTheUsualStart_readsWhatCameBeforeIt() {
    QueryRequest twoDaysAgo =
        QueryRequest.of("SELECT id FROM orders WHERE _timestamp < now() - INTERVAL 30 HOUR");
    Home.Answer answer = ids(new Start.Latest(), twoDaysAgo);
    assertThat(answer.rows())
        .containsExactlyElementsOf(ids(new Start.TrimHorizon(), twoDaysAgo).rows())
        .isNotEmpty();
    assertThat(answer.notices()).singleElement().asString().contains("before the usual start");
    try (Home home = new Home(directory.resolve("x"), threeDays(), starting(new Start.Latest()))) {
      assertThat(home.embedded().explain(twoDaysAgo).streams().get(0).start())
          .isEqualTo(StartReason.UPPER_BOUND);
    }
  }

  @Test
  void explanation_namesTheDefinition() {
    try (Home home = new Home(directory, threeDays(), starting(new Start.TrimHorizon()))) {
      StreamPart stream = home.embedded().explain(IDS).streams().get(0);
      assertThat(stream.start()).isEqualTo(StartReason.DEFINITION);
      assertThat(stream.startsFirst().source()).isEqualTo("orders.json");
      assertThat(Duration.between(stream.from(), stream.until())).isGreaterThan(Duration.ofDays(4));
    }
  }

  @Test
  void onBad_isEachDefinitionsOwn_unlessTheRequestSays() {
    FakeKinesis kinesis = new FakeKinesis().stream("orders", 1);
    kinesis.put("orders", 0, "no json at all");
    kinesis.put("orders", 0, order(2, "mill"));
    kinesis.advance(Duration.ofMinutes(1));
    QueryRequest counts =
        QueryRequest.of("SELECT (SELECT count(*) FROM nulls), (SELECT count(*) FROM skips)");
    try (Home home =
        new Home(
            directory,
            kinesis,
            onBad("nulls", OnBad.NULL),
            onBad("skips", OnBad.SKIP),
            onBad("fails", OnBad.FAIL))) {
      assertThat(home.rows(counts)).containsExactly("2|1");
      assertThat(home.rows(counts.withOnBad(OnBad.SKIP))).containsExactly("1|1");
      assertThatThrownBy(() -> home.rows("SELECT * FROM fails, nulls"))
          .hasMessageContainingAll("shop.fails", "fails.json");
      assertThat(home.rows(QueryRequest.of("SELECT id FROM fails").withOnBad(OnBad.SKIP)))
          .containsExactly("2");
    }
  }
}
