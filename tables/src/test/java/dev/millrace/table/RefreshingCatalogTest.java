package dev.millrace.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.StreamRef;
import dev.millrace.table.DefinitionProblem.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RefreshingCatalogTest {
  private static final Duration INTERVAL = Duration.ofMinutes(10);
  private static final Instant START = Instant.parse("2024-03-02T09:00:00.5Z");

  private volatile Instant now = START;
  private volatile Catalog source = () -> new Definitions(List.of(), List.of());
  private final AtomicInteger loads = new AtomicInteger();
  private final RefreshingCatalog catalog =
      new RefreshingCatalog(
          "s3://bucket/tables/",
          () -> {
            loads.incrementAndGet();
            return source.load();
          },
          INTERVAL,
          () -> now);

  private static Definitions tables(String... names) {
    return new Definitions(
        List.of(names).stream()
            .map(
                name ->
                    TableDefinition.of(
                        new TableName("default", name),
                        StreamRef.parse("s"),
                        MessageDefinition.NONE,
                        name + ".json"))
            .toList(),
        List.of());
  }

  private static Definitions fail() {
    throw new MillraceException(ErrorCode.EXTERNAL, "Cannot list it: no answer");
  }

  private static List<String> names(Definitions definitions) {
    return definitions.tables().stream().map(table -> table.name().table()).toList();
  }

  @Test
  void definitions_areReadAtFirstUse_andThenOnceAnInterval() {
    source = () -> tables("a");
    assertThat(loads).hasValue(0);
    assertThat(names(catalog.load())).containsExactly("a");
    source = () -> tables("a", "b");
    now = START.plus(INTERVAL).minusNanos(1);
    assertThat(names(catalog.load())).containsExactly("a");
    assertThat(loads).hasValue(1);
    now = START.plus(INTERVAL);
    assertThat(names(catalog.load())).containsExactly("a", "b");
    assertThat(names(catalog.load())).containsExactly("a", "b");
    assertThat(loads).hasValue(2);
  }

  @Test
  void refresh_readsAtOnce_andTheIntervalBeginsAnew() {
    catalog.load();
    source = () -> tables("a");
    now = START.plusSeconds(1);
    assertThat(names(catalog.refresh())).containsExactly("a");
    assertThat(names(catalog.load())).containsExactly("a");
    now = START.plus(INTERVAL);
    catalog.load();
    assertThat(loads).hasValue(2);
  }

  @Test
  void definitionThatIsDeleted_disappears() {
    source = () -> tables("a", "b");
    catalog.load();
    source = () -> tables("b");
    assertThat(names(catalog.refresh())).containsExactly("b");
  }

  @Test
  void definitionThatBroke_isGoneAndReported() {
    source = () -> tables("a");
    catalog.load();
    DefinitionProblem broken = new DefinitionProblem(Severity.ERROR, "a.json", "", "broken");
    source = () -> new Definitions(List.of(), List.of(broken));
    assertThat(catalog.refresh()).isEqualTo(new Definitions(List.of(), List.of(broken)));
  }

  @Test
  void catalogThatCannotBeRead_keepsWhatIsKnown_andSaysSinceWhen() {
    DefinitionProblem odd = new DefinitionProblem(Severity.WARNING, "a.json", "", "odd");
    source = () -> new Definitions(tables("a").tables(), List.of(odd));
    catalog.load();
    source = RefreshingCatalogTest::fail;
    now = START.plus(INTERVAL);
    Definitions kept = catalog.load();
    assertThat(names(kept)).containsExactly("a");
    assertThat(kept.problems())
        .containsExactly(
            new DefinitionProblem(
                Severity.WARNING,
                "s3://bucket/tables/",
                "",
                "the definitions read at 2024-03-02T09:00:00Z are still used, because they cannot"
                    + " be read again: Cannot list it: no answer"),
            odd);

    now = START.plus(INTERVAL.multipliedBy(2));
    assertThat(catalog.load()).as("a second failure").isEqualTo(kept);
    source = () -> tables("b");
    now = START.plus(INTERVAL.multipliedBy(3));
    assertThat(catalog.load()).isEqualTo(tables("b"));
  }

  @Test
  void catalogThatCannotBeRead_isAskedOnceAnInterval() {
    catalog.load();
    source = RefreshingCatalogTest::fail;
    now = START.plus(INTERVAL);
    catalog.load();
    catalog.load();
    assertThat(loads).hasValue(2);
  }

  @Test
  void catalogThatNeverCouldBeRead_fails_andIsAskedAgainNextTime() {
    source = RefreshingCatalogTest::fail;
    assertThatThrownBy(catalog::load).hasMessage("Cannot list it: no answer");
    assertThatThrownBy(catalog::refresh).hasMessage("Cannot list it: no answer");
    source = () -> tables("a");
    assertThat(names(catalog.load())).containsExactly("a");
  }

  @Test
  void readingThatIsInterrupted_fails_andSaysNothingOfTheCatalog() {
    source = () -> tables("a");
    catalog.load();
    source =
        () -> {
          Thread.currentThread().interrupt();
          return fail();
        };
    assertThatThrownBy(catalog::refresh).isInstanceOf(MillraceException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(catalog.load()).isEqualTo(tables("a"));
  }

  @Test
  void faultOfOurs_isNotTakenForAnUnreadableCatalog() {
    catalog.load();
    source =
        () -> {
          throw new IllegalStateException("a bug");
        };
    assertThatThrownBy(catalog::refresh).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void clockSetBack_readsAgain() {
    catalog.load();
    now = START.minusSeconds(1);
    catalog.load();
    assertThat(loads).hasValue(2);
  }

  @Test
  void whileOneReads_theOthersHaveWhatIsKnown() throws Exception {
    source = () -> tables("old");
    catalog.load();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    source =
        () -> {
          begun.countDown();
          try {
            assertThat(goOn.await(60, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          return tables("new");
        };
    now = START.plus(INTERVAL);
    CompletableFuture<Definitions> slow = CompletableFuture.supplyAsync(catalog::load);
    assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(names(catalog.load())).containsExactly("old");
    goOn.countDown();
    assertThat(names(slow.get(60, TimeUnit.SECONDS))).containsExactly("new");
    assertThat(names(catalog.load())).containsExactly("new");
    assertThat(loads).hasValue(2);
  }
}
