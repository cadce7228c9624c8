package dev.millrace.connector.split;

import static dev.millrace.connector.split.FakeShard.SHARD;
import static dev.millrace.connector.split.FakeShard.STREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.connector.page.ColumnPage;
import dev.millrace.connector.page.ColumnVector;
import dev.millrace.connector.plan.ScanOrder;
import dev.millrace.connector.plan.TimeRange;
import dev.millrace.read.FetchOptions;
import dev.millrace.read.ShardProgress;
import dev.millrace.stream.Bound;
import dev.millrace.stream.Loss;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.Position;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.ShardFacts;
import dev.millrace.stream.ShardScan;
import dev.millrace.stream.UserRecord;
import dev.millrace.table.OnBad;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SplitReaderTest {
  private static final Instant SNAPSHOT = Instant.parse("2026-01-01T12:00:00Z");
  private static final String JSON =
      """
      {"tableName": "orders", "streamName": "orders", "message": {"dataFormat": "json", "fields": [
        {"name": "id", "type": "BIGINT"}, {"name": "item", "type": "VARCHAR"}]}}
      """;
  private static final String LINES =
      """
      {"tableName": "orders", "streamName": "orders", "message": {"dataFormat": "json",
       "envelopes": [{"type": "json-lines"}], "fields": [{"name": "id", "type": "BIGINT"}]}}
      """;

  private final FakeShard shard = new FakeShard(SNAPSHOT.plusSeconds(30));
  private Splits splits = new Splits(shard, JSON);

  @AfterEach
  void close() {
    splits.close();
  }

  private void define(String definition) {
    splits.close();
    splits = new Splits(shard, definition);
  }

  private static ShardScan scan(Position from) {
    return new ShardScan(STREAM, SHARD, from, Bound.tipAsOf(SNAPSHOT));
  }

  private static ShardScan scan() {
    return scan(Position.trimHorizon());
  }

  private SplitReader all(String... columns) {
    return splits.open(scan(), TimeRange.ALL, new ScanOrder.All(), columns);
  }

  /** One a second, the last one a second before the snapshot. */
  private void fill(int records) {
    for (int i = 0; i < records; i++) {
      String order = "{\"id\": %d, \"item\": \"item %d\"}".formatted(i, i);
      shard.put(order, SNAPSHOT.minusSeconds(records - i));
    }
  }

  @Test
  void payloadAndMetadata_comeInTheOrderAskedFor() {
    UserRecord first =
        shard.put("{\"id\": 7, \"item\": \"caf\u00e9\"}", SNAPSHOT.minusMillis(1_500));
    UserRecord second = shard.put("{\"item\": \"b\"}", SNAPSHOT);
    assertThat(
            Splits.rows(
                all("item", "_sequence_number", "id", "_timestamp", "_partition_key", "_shard_id")))
        .containsExactly(
            "café|" + first.sequence() + "|7|" + micros(first) + "|key|" + SHARD,
            "b|" + second.sequence() + "|NULL|" + micros(second) + "|key|" + SHARD);
  }

  private static String micros(UserRecord record) {
    return record.arrivalMillis() + "000";
  }

  @Test
  void everyMetadataColumn_hasItsValue() {
    UserRecord first = shard.put("{\"id\": 1}", SNAPSHOT.minusSeconds(2));
    UserRecord last = shard.put(new byte[] {'{', (byte) 0xFF}, SNAPSHOT.minusSeconds(1));
    String ends = "|" + first.sequence() + "|" + last.sequence() + "|";
    assertThat(
            Splits.rows(
                all(
                    "_shard_sequence_id",
                    "_subsequence_number",
                    "_message_timestamp",
                    "_message",
                    "_message_length",
                    "_row",
                    "_message_valid",
                    "_segment_start",
                    "_segment_end",
                    "_segment_count")))
        .containsExactly(
            first.sequence() + "|0|" + micros(first) + "|{\"id\": 1}|9|0|1" + ends + "0",
            last.sequence() + "|0|" + micros(last) + "|{\uFFFD|2|0|0" + ends + "1");
    assertThat(Splits.rows(all("_error")))
        .satisfiesExactly(
            none -> assertThat(none).isEqualTo("NULL"),
            error -> assertThat(error).contains("byte"));
  }

  @Test
  void segmentEnd_isTheLastRecordOfTheWantedTime() {
    fill(100);
    TimeRange early =
        new TimeRange(
            Optional.of(SNAPSHOT.minusSeconds(90)), Optional.of(SNAPSHOT.minusSeconds(80)));
    ShardScan padded =
        new ShardScan(
            STREAM,
            SHARD,
            Position.at(SNAPSHOT.minusSeconds(100)),
            Bound.before(SNAPSHOT.minusSeconds(80)));
    List<String> rows =
        Splits.rows(
            splits.open(
                padded, early, new ScanOrder.All(), "id", "_segment_start", "_segment_end"));
    assertThat(rows).hasSize(10).allMatch(row -> row.endsWith(ends(10, 19)));
    assertThat(rows.get(0)).startsWith("10|");
  }

  private static String ends(int first, int last) {
    return "|" + (1_007 + 7 * first) + "|" + (1_007 + 7 * last);
  }

  @Test
  void recordsOfManyRows_shareTheirMetadataAndAreNumbered() {
    define(LINES);
    UserRecord two = shard.put("{\"id\": 1}\n{\"id\": 2}", SNAPSHOT.minusSeconds(2));
    shard.put("", SNAPSHOT.minusSeconds(2));
    UserRecord one = shard.put("{\"id\": 3}", SNAPSHOT.minusSeconds(1));
    SplitReader reader = all("id", "_row", "_segment_count", "_sequence_number", "_message_length");
    ColumnPage page = Splits.next(reader).orElseThrow();
    assertThat(PageText.rows(page))
        .startsWith("1|0|0|" + two.sequence() + "|19", "2|1|1|" + two.sequence() + "|19")
        .endsWith("3|0|" + (page.rows() - 1) + "|" + one.sequence() + "|9");
    assertThat(page.columns().get(3)).isInstanceOf(ColumnVector.Indexed.class);
  }

  @Test
  void recordOfVeryManyRows_isCutIntoPages() {
    define(LINES);
    shard.put("{\"id\": 4}\n".repeat(3 * PageMaker.FULL_ROWS), SNAPSHOT.minusSeconds(2));
    SplitReader reader = all("id", "_row");
    List<Integer> sizes = new ArrayList<>();
    Optional<ColumnPage> page = Splits.next(reader);
    while (page.isPresent()) {
      sizes.add(page.get().rows());
      page = Splits.next(reader);
    }
    assertThat(sizes).startsWith(PageMaker.FULL_ROWS, PageMaker.FULL_ROWS);
    assertThat(sizes).allMatch(rows -> rows <= PageMaker.FULL_ROWS);
    assertThat(sizes.stream().mapToInt(Integer::intValue).sum())
        .isGreaterThanOrEqualTo(3 * PageMaker.FULL_ROWS);
  }

  @Test
  void noColumns_countWithoutLookingAtRecords() {
    fill(100);
    shard.put("no JSON", SNAPSHOT);
    SplitReader reader = all();
    ColumnPage page = Splits.next(reader).orElseThrow();
    assertThat(page.rows()).isEqualTo(101);
    assertThat(page.columns()).isEmpty();
    assertThat(Splits.next(reader)).isEmpty();
    assertThat(reader.stats().badRows()).isZero();
  }

  @Test
  void pageThatEndsWithAnAnswer_isFollowedByTheNextAnswer() {
    fill(12_000);
    SplitReader reader = splits.open(scan(), TimeRange.ALL, new ScanOrder.Limit(20_000));
    assertThat(Splits.next(reader).orElseThrow().rows()).isEqualTo(10_000);
    assertThat(Splits.next(reader).orElseThrow().rows()).isEqualTo(2_000);
    assertThat(Splits.next(reader)).isEmpty();
  }

  @Test
  void noColumnsUnderSkip_countsOnlyWhatCanBeDecoded() {
    fill(100);
    shard.put("no JSON", SNAPSHOT);
    splits.onBad(OnBad.SKIP);
    assertThat(Splits.next(all()).orElseThrow().rows()).isEqualTo(100);
  }

  @Test
  void arrivalFilter_isExactToTheMillisecond() {
    for (int millis = 0; millis < 100; millis++) {
      shard.put("{\"id\": %d}".formatted(millis), SNAPSHOT.minusMillis(100 - millis));
    }
    TimeRange exact =
        new TimeRange(Optional.of(SNAPSHOT.minusMillis(60)), Optional.of(SNAPSHOT.minusMillis(50)));
    ScanOrder order = new ScanOrder.All();
    assertThat(Splits.rows(splits.open(scan(), exact, order, "id")))
        .containsExactly("40", "41", "42", "43", "44", "45", "46", "47", "48", "49");
    assertThat(Splits.next(splits.open(scan(), exact, order)).orElseThrow().rows()).isEqualTo(10);
  }

  @Test
  void badRow_isNullSkippedOrFatal() {
    shard.put("{\"id\": 1, \"item\": \"a\"}", SNAPSHOT.minusSeconds(3));
    UserRecord bad = shard.put("{\"id\": \"x\", \"item\": \"b\"}", SNAPSHOT.minusSeconds(2));
    shard.put("nothing", SNAPSHOT.minusSeconds(1));
    assertThat(Splits.rows(all("id", "item"))).containsExactly("1|a", "NULL|b", "NULL|NULL");
    assertThat(Splits.rows(all("item", "_message_valid")))
        .as("valid does not depend on what else is wanted")
        .containsExactly("a|1", "b|0", "NULL|0");
    splits.onBad(OnBad.SKIP);
    assertThat(Splits.rows(all("item"))).containsExactly("a");
    splits.onBad(OnBad.FAIL);
    SplitReader failing = all("item");
    assertThatThrownBy(() -> Splits.rows(failing))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining(bad.sequence().digits())
        .hasMessageContaining("id");
    assertThat(failing.isFinished()).isTrue();
  }

  @Test
  void limit_asksForAsManyRecordsAndMakesNoCallOnceTheRowsAreThere() {
    fill(1_000);
    SplitReader reader = splits.open(scan(), TimeRange.ALL, new ScanOrder.Limit(10), "id");
    assertThat(Splits.rows(reader)).hasSize(10).startsWith("0").endsWith("9");
    assertThat(reader.isFinished()).isTrue();
    assertThat(shard.limits).containsExactly(10);
    assertThat(splits.marks).isEmpty();
  }

  @Test
  void limitWithRowsThatDoNotCount_goesOnUntilThereAreEnough() {
    fill(1_000);
    TimeRange exact = new TimeRange(Optional.of(SNAPSHOT.minusSeconds(900)), Optional.empty());
    SplitReader reader = splits.open(scan(), exact, new ScanOrder.Limit(10), "id");
    assertThat(Splits.rows(reader)).hasSize(10).startsWith("100");
    assertThat(shard.limits).containsExactly(10, 160);
  }

  @Test
  void limitOverRecordsOfManyRows_handsOnNoMoreThanWereWanted() {
    define(LINES);
    shard.put("{\"id\": 1}\n{\"id\": 2}\n{\"id\": 3}", SNAPSHOT.minusSeconds(1));
    assertThat(
            Splits.rows(splits.open(scan(), TimeRange.ALL, new ScanOrder.Limit(2), "id", "_row")))
        .containsExactly("1|0", "2|1");
  }

  @Test
  void limitBeyondTheSplit_endsWithIt() {
    fill(5);
    assertThat(Splits.rows(splits.open(scan(), TimeRange.ALL, new ScanOrder.Limit(10), "id")))
        .hasSize(5);
    assertThat(Splits.rows(splits.open(scan(), TimeRange.ALL, new ScanOrder.Limit(0), "id")))
        .isEmpty();
  }

  @Test
  void newest_readsTheTailAndNotTheDay() {
    fill(80_000);
    ShardScan day = scan(Position.at(SNAPSHOT.minus(Duration.ofDays(1))));
    SplitReader reader = splits.open(day, TimeRange.ALL, new ScanOrder.Newest(5), "id");
    List<String> rows = Splits.rows(reader);
    assertThat(rows).contains("79999", "79998", "79997", "79996", "79995").doesNotHaveDuplicates();
    assertThat(shard.given).hasSizeLessThan(30);
    assertThat(reader.isFinished()).isTrue();
    assertThat(splits.marks).isEmpty();
  }

  @Test
  void newestOfASparseShard_growsItsSlicesAndRepeatsNoRow() {
    for (int i = 0; i < 200; i++) {
      // Out of order by up to nine seconds.
      Instant arrival = SNAPSHOT.minusSeconds(20_000 - 100L * i).plusSeconds((i * 7) % 10);
      shard.put("{\"id\": %d}".formatted(i), arrival);
    }
    ShardScan day = scan(Position.at(SNAPSHOT.minus(Duration.ofDays(1))));
    List<String> some =
        Splits.rows(splits.open(day, TimeRange.ALL, new ScanOrder.Newest(30), "id"));
    assertThat(some).contains("199", "190", "170").doesNotHaveDuplicates().hasSizeLessThan(100);
    List<String> more =
        Splits.rows(splits.open(day, TimeRange.ALL, new ScanOrder.Newest(1_000), "id"));
    assertThat(more).hasSize(200).doesNotHaveDuplicates();
  }

  @Test
  void newestOfAShardWithoutRows_endsWhereTheScanBegins() {
    ShardScan day = scan(Position.at(SNAPSHOT.minus(Duration.ofDays(1))));
    assertThat(Splits.rows(splits.open(day, TimeRange.ALL, new ScanOrder.Newest(5), "id")))
        .isEmpty();
    assertThat(shard.positions)
        .hasSizeLessThan(8)
        .endsWith(Position.at(SNAPSHOT.minus(Duration.ofDays(1))));
  }

  @Test
  void newestOfAClosedShard_findsItsLastRows() {
    for (int i = 0; i < 100; i++) {
      shard.put("{\"id\": %d}".formatted(i), SNAPSHOT.minusSeconds(40_000 - i));
    }
    shard.closeShard();
    assertThat(Splits.rows(splits.open(scan(), TimeRange.ALL, new ScanOrder.Newest(3), "id")))
        .contains("97", "98", "99")
        .doesNotHaveDuplicates();
  }

  @Test
  void newestWithTheSegmentsCount_countsFromTheStart() {
    fill(100);
    ScanOrder newest = new ScanOrder.Newest(1);
    assertThat(Splits.rows(splits.open(scan(), TimeRange.ALL, newest, "id", "_segment_count")))
        .hasSize(100)
        .endsWith("99|99");
  }

  @Test
  void wholeRangeTaken_leavesItsMarkBeforeItIsFinished() {
    fill(10);
    SplitReader reader = all("id");
    assertThat(Splits.next(reader)).isPresent();
    assertThat(splits.marks).isEmpty();
    assertThat(reader.isFinished()).isFalse();
    assertThat(Splits.next(reader)).isEmpty();
    assertThat(splits.marks)
        .singleElement()
        .satisfies(
            left -> {
              assertThat(left.mark()).isEqualTo(Splits.MARK);
              assertThat(left.losses()).isEmpty();
              assertThat(left.progress())
                  .isInstanceOfSatisfying(
                      ShardProgress.Reading.class,
                      reading ->
                          assertThat(reading.position())
                              .isEqualTo(Position.after(shard.given.get(9).sequence())));
            });
  }

  @Test
  void closedShardRead_isMarkedAsFinished() {
    fill(3);
    shard.closeShard();
    Splits.rows(all("id"));
    assertThat(splits.marks)
        .singleElement()
        .satisfies(left -> assertThat(left.progress()).isInstanceOf(ShardProgress.Finished.class));
  }

  @Test
  void asManyBatchesAsAllowed_endTheSplitWithALossAndNoMark() {
    fill(1_000);
    splits.batches(100, 3);
    SplitReader reader = all("id");
    assertThat(Splits.rows(reader)).hasSize(300);
    assertThat(shard.limits).allMatch(limit -> limit <= 100);
    assertThat(reader.stats().losses())
        .singleElement()
        .satisfies(loss -> assertThat(loss.kind()).isEqualTo(Loss.Kind.CUT_SHORT));
    assertThat(splits.marks).isEmpty();
  }

  @Test
  void closed_stopsTheCallInFlightAndLeavesNoMark() {
    fill(100);
    CountDownLatch inCall = new CountDownLatch(1);
    CompletableFuture<String> interrupted = new CompletableFuture<>();
    shard.beforeEachCall(
        () -> {
          inCall.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.complete("interrupted");
          }
        });
    SplitReader reader = all("id");
    CompletableFuture<?> ready = reader.ready();
    assertThat(reader.nextPage()).isEmpty();
    awaitCall(inCall);
    reader.close();
    assertThat(interrupted.join()).isEqualTo("interrupted");
    ready.join();
    assertThat(reader.isFinished()).isTrue();
    assertThat(reader.nextPage()).isEmpty();
    assertThat(reader.memoryBytes()).isZero();
    assertThat(shard.calls()).isEqualTo(1);
    assertThat(splits.marks).isEmpty();
  }

  private static void awaitCall(CountDownLatch inCall) {
    try {
      inCall.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void answersOfTenMegabytes_areHeldOneInHandAndOneAhead() {
    byte[] megabyte = new byte[1 << 20];
    for (int i = 0; i < 60; i++) {
      shard.put(megabyte, SNAPSHOT.minusSeconds(60 - i));
    }
    shard.answerWithAtMost(10);
    SplitReader reader = all("_sequence_number", "_message_bytes");
    long most = 0;
    int rows = 0;
    Optional<ColumnPage> page = Splits.next(reader);
    while (page.isPresent()) {
      rows += page.get().rows();
      assertThat(page.get().rows()).as("a page of about a megabyte").isLessThan(3);
      most = Math.max(most, reader.memoryBytes());
      page = Splits.next(reader);
    }
    assertThat(rows).isEqualTo(60);
    assertThat(most).isGreaterThan(10L << 20).isLessThan(25L << 20);
  }

  @Test
  void stats_tellWhatReadingCost() {
    fill(10);
    shard.put("nothing", SNAPSHOT);
    SplitReader reader = all("id");
    Splits.rows(reader);
    SplitStats stats = reader.stats();
    assertThat(stats.records()).isEqualTo(11);
    assertThat(stats.rows()).isEqualTo(11);
    assertThat(stats.badRows()).isEqualTo(1);
    assertThat(stats.calls()).isEqualTo(3);
    assertThat(stats.bytes()).isPositive();
    assertThat(stats.millisBehind()).hasValue(0);
  }

  @Test
  void positionThatIsRefused_isReadOnFromItsTimeAndTheShardIsNotOver() {
    shard.refusePositions();
    splits.onLoss(FetchOptions.OnLoss.CONTINUE);
    Instant readTo = SNAPSHOT.minusSeconds(60);
    ShardScan known =
        new ShardScan(
            STREAM,
            SHARD,
            Position.after(new SequenceNumber("7")),
            Bound.tipAsOf(SNAPSHOT),
            ShardFacts.none().withReadTo(readTo));
    assertThat(Splits.rows(splits.open(known, TimeRange.ALL, new ScanOrder.All(), "id"))).isEmpty();
    ShardScan unknown =
        new ShardScan(
            STREAM, SHARD, Position.after(new SequenceNumber("7")), Bound.tipAsOf(SNAPSHOT));
    assertThat(Splits.rows(splits.open(unknown, TimeRange.ALL, new ScanOrder.All(), "id")))
        .isEmpty();
    assertThat(splits.marks)
        .extracting(Splits.Left::progress)
        .containsExactly(
            new ShardProgress.Reading(Position.at(readTo.plusMillis(1)), Optional.of(readTo)),
            new ShardProgress.Reading(Position.trimHorizon(), Optional.empty()));
    assertThat(splits.marks)
        .allSatisfy(
            mark ->
                assertThat(mark.losses())
                    .extracting(Loss::kind)
                    .containsExactly(Loss.Kind.VANISHED));
  }

  @Test
  void skippedRows_areInTheLedgerWithTheirNumberAndTheFirst() {
    shard.put("{\"id\": 1}", SNAPSHOT.minusSeconds(9));
    UserRecord first = shard.put("{\"id\": \"one\"}", SNAPSHOT.minusSeconds(8));
    shard.put("no json", SNAPSHOT.minusSeconds(7));
    splits.onBad(OnBad.SKIP);
    SplitReader reader = all("id");
    assertThat(Splits.rows(reader)).containsExactly("1");
    assertThat(splits.marks)
        .singleElement()
        .extracting(Splits.Left::losses)
        .isEqualTo(skipped(reader));
    assertThat(skipped(reader))
        .singleElement()
        .satisfies(
            loss -> {
              assertThat(loss.kind()).isEqualTo(Loss.Kind.UNDECODABLE);
              assertThat(loss.detail()).startsWith("2 rows").contains(first.sequence().digits());
            });
  }

  private static List<Loss> skipped(SplitReader reader) {
    return reader.stats().losses();
  }

  @Test
  void skippedRowsOfASplitThatEndsEarly_areInTheLedgerAllTheSame() {
    shard.put("no json", SNAPSHOT.minusSeconds(8));
    fill(3);
    splits.onBad(OnBad.SKIP);
    SplitReader reader = splits.open(scan(), TimeRange.ALL, new ScanOrder.Limit(1), "id");
    assertThat(Splits.next(reader)).isPresent();
    reader.close();
    reader.close();
    assertThat(skipped(reader)).singleElement().asString().contains("1 row of table");
    assertThat(splits.marks).isEmpty();
  }
}
