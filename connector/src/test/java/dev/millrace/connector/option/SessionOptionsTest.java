package dev.millrace.connector.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.read.FetchOptions.OnLoss;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.StreamRef;
import dev.millrace.table.MessageDefinition;
import dev.millrace.table.OnBad;
import dev.millrace.table.Start;
import dev.millrace.table.StreamAccess;
import dev.millrace.table.TableDefinition;
import dev.millrace.table.TableName;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionOptionsTest {
  private static final SessionOptions DEFAULTS =
      CatalogOptions.parse(Map.of(), Map.of()).sessionDefaults();

  private static SessionOptions with(String name, Object value) {
    return DEFAULTS.with(Map.of(name, value));
  }

  @Test
  void everyPropertyOfOurs_isTaken() {
    SessionOptions options =
        DEFAULTS.with(
            Map.of(
                "start", "2h",
                "read_until", "2026-01-31T12:00:00Z",
                "on_bad", "fail",
                "on_loss", "continue",
                "batch_size", 10,
                "max_batches", 3,
                "checkpoint_enabled", true,
                "checkpoint_logical_name", "nightly",
                "iteration_number", 4));
    assertThat(options.start()).contains(new Start.Ago(Duration.ofHours(2)));
    assertThat(options.until()).isEqualTo(new ReadBound.At(Instant.parse("2026-01-31T12:00:00Z")));
    assertThat(options.onBad()).contains(OnBad.FAIL);
    assertThat(options.onLoss()).isEqualTo(OnLoss.CONTINUE);
    assertThat(options.batchSize()).isEqualTo(10);
    assertThat(options.maxBatches()).hasValue(3);
    assertThat(options.checkpoint().orElseThrow().toString()).isEqualTo("nightly#4");
    assertThat(SessionOptions.decode(options.encode())).isEqualTo(options);
  }

  @Test
  void defaults_areEncodedWhole() {
    assertThat(SessionOptions.decode(DEFAULTS.encode())).isEqualTo(DEFAULTS);
  }

  @Test
  void shownDefaultsGivenBack_changeNothing() {
    Map<String, Object> shown = new HashMap<>();
    for (SessionProperty property : SessionOptions.PROPERTIES) {
      DEFAULTS.value(property).ifPresent(value -> shown.put(property.name(), value));
    }
    assertThat(shown)
        .containsEntry("start", "1d")
        .containsEntry("batch_size", 10_000)
        .containsEntry("checkpoint_enabled", false)
        .doesNotContainKey("max_batches")
        .doesNotContainKey("starting_timestamp");
    assertThat(DEFAULTS.with(shown)).isEqualTo(DEFAULTS);
  }

  @Test
  void shownDefaults_areOfTheirTypes() {
    for (SessionProperty property : SessionOptions.PROPERTIES) {
      Class<?> type =
          switch (property.type()) {
            case BOOLEAN -> Boolean.class;
            case INTEGER -> Integer.class;
            case LONG -> Long.class;
            case TEXT -> String.class;
          };
      DEFAULTS
          .value(property)
          .ifPresent(value -> assertThat(value).as(property.name()).isInstanceOf(type));
    }
  }

  @ParameterizedTest
  @CsvSource({"start_from_timestamp", "iter_from_timestamp"})
  void oldStartNotFromATimestamp_isTheTrimHorizon(String name) {
    assertThat(with(name, false).start()).contains(new Start.TrimHorizon());
    assertThat(with(name, true).start()).isEmpty();
  }

  @Test
  void oldStartFromATimestamp_undoesTheCatalogsTrimHorizon() {
    SessionOptions catalog =
        CatalogOptions.parse(Map.of("kinesis.start", "trim-horizon"), Map.of()).sessionDefaults();
    assertThat(catalog.with(Map.of("start_from_timestamp", true)).start())
        .contains(new Start.Ago(Duration.ofDays(1)));
  }

  @ParameterizedTest
  @CsvSource({"starting_offset_seconds", "iter_offset_seconds"})
  void oldOffset_isSoLongBack(String name) {
    assertThat(with(name, 3600L).start()).contains(new Start.Ago(Duration.ofHours(1)));
  }

  @ParameterizedTest
  @CsvSource({"starting_timestamp", "iter_start_timestamp"})
  void oldTimestamp_isInTheSessionsZone(String name) {
    Map<String, Object> set =
        Map.of(name, "2026-07-01 12:00:00.500", "starting_offset_seconds", 60L);
    assertThat(DEFAULTS.with(set, ZoneId.of("Europe/Berlin")).start())
        .contains(new Start.At(Instant.parse("2026-07-01T10:00:00.500Z")));
    assertThat(with(name, "2000-01-01 00:00:00.000").start()).isEmpty();
  }

  @Test
  void oldCheckpointEnabledOfPrestoKinesis_isTaken() {
    assertThat(with("checkpoint-enabled", true).checkpoint()).isPresent();
  }

  @Test
  void start_comesBeforeOldNames() {
    assertThat(DEFAULTS.with(Map.of("start", "2h", "start_from_timestamp", false)).start())
        .contains(new Start.Ago(Duration.ofHours(2)));
  }

  @Test
  void everythingWrong_isSaidAtOnce() {
    assertThatThrownBy(
            () ->
                DEFAULTS.with(
                    Map.of(
                        "max_batches", 0,
                        "on_los", "fail",
                        "starting_timestamp", "yesterday",
                        "read_until", "never")))
        .isInstanceOfSatisfying(
            MillraceException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.USER);
              assertThat(String.valueOf(e.getMessage()).lines())
                  .containsExactlyInAnyOrder(
                      "session property max_batches is '0'; allowed: a whole number, at least 1.",
                      "'on_los' is not a session property. Did you mean 'on_loss'?",
                      "session property starting_timestamp is 'yesterday'; allowed: a time in the"
                          + " session's zone such as 2026-01-31 12:00:00.000",
                      "session property read_until is 'never'; allowed: now, a duration back such"
                          + " as 30s or 1h, or a time such as 2026-01-31T12:00:00Z.");
            });
  }

  @Test
  void startAndOnBad_areTheSessionsThenTheDefinitionsThenTheCatalogs() {
    MessageDefinition message = MessageDefinition.NONE;
    TableDefinition silent =
        TableDefinition.of(
            new TableName("default", "orders"), StreamRef.parse("orders"), message, "test");
    TableDefinition saying =
        new TableDefinition(
            silent.name(),
            silent.stream(),
            StreamAccess.AMBIENT,
            Optional.of(new Start.TrimHorizon()),
            message,
            "test");
    assertThat(DEFAULTS.start(silent)).isEqualTo(new Start.Ago(Duration.ofDays(1)));
    assertThat(DEFAULTS.start(saying)).isEqualTo(new Start.TrimHorizon());
    assertThat(with("start", "2h").start(saying)).isEqualTo(new Start.Ago(Duration.ofHours(2)));
    assertThat(DEFAULTS.onBad(silent)).isEqualTo(OnBad.NULL);
    assertThat(with("on_bad", "fail").onBad(silent)).isEqualTo(OnBad.FAIL);
  }
}
