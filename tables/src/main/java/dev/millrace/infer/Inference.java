package dev.millrace.infer;

import dev.millrace.decode.schema.SchemaRegistry;
import dev.millrace.infer.InferenceReport.ColumnReport;
import dev.millrace.stream.StreamRef;
import dev.millrace.stream.UserRecord;
import dev.millrace.table.Column;
import dev.millrace.table.Column.Origin;
import dev.millrace.table.ColumnType;
import dev.millrace.table.ColumnType.Plain;
import dev.millrace.table.ColumnType.TimestampWithTimeZone;
import dev.millrace.table.Envelope;
import dev.millrace.table.MessageDefinition;
import dev.millrace.table.TableDefinition;
import dev.millrace.table.TableName;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a table definition of sampled records. What at least 95 % of them have in common decides;
 * the rest is reported, never passed over. The sample decodes with the definition, as far as any
 * definition can make it.
 */
public final class Inference {
  private final List<UserRecord> sample;
  private final SchemaRegistry registry;
  private final Findings findings = new Findings();
  private final ColumnNames names = new ColumnNames();

  private Inference(List<UserRecord> sample, SchemaRegistry registry) {
    this.sample = sample;
    this.registry = registry;
  }

  /**
   * A definition for the sample, and a report of it.
   *
   * @param sample at least one record
   */
  public static Inferred of(StreamRef stream, TableName table, List<UserRecord> sample) {
    return of(stream, table, sample, SchemaRegistry.NONE);
  }

  /**
   * The same, with a registry of the schemas that messages name.
   *
   * @param registry asked only where messages name a schema and cannot be read without it
   */
  public static Inferred of(
      StreamRef stream, TableName table, List<UserRecord> sample, SchemaRegistry registry) {
    if (sample.isEmpty()) {
      throw new IllegalArgumentException("Nothing can be inferred from no record");
    }
    return new Inference(List.copyOf(sample), registry).infer(stream, table);
  }

  /** A name for the table that can be written in SQL without quotes, made of the stream's. */
  public static String tableName(StreamRef stream) {
    return new ColumnNames().of(List.of(stream.name()));
  }

  private Inferred infer(StreamRef stream, TableName table) {
    Opened opened = Opening.open(sample.stream().map(Message::of).toList());
    List<GuessedColumn> columns = new ArrayList<>(envelopeColumns(opened));
    GuessedFormat format = new FormatGuess(opened, registry, names, findings).guess();
    columns.addAll(format.columns());
    List<Envelope> envelopes = new ArrayList<>(opened.envelopes());
    envelopes.addAll(format.inside());
    MessageDefinition guessed =
        MessageDefinition.of(format.format(), List.of())
            .withCompression(opened.compression())
            .withEnvelopes(envelopes.toArray(Envelope[]::new));
    Verification verified = Verification.of(sample, registry, guessed, columns, findings);
    String what = Layers.of(format.what(), envelopes, opened.compression(), isMostlyAggregated());
    return new Inferred(
        TableDefinition.of(table, stream, verified.message(), "inferred"), report(what, verified));
  }

  private boolean isMostlyAggregated() {
    long aggregated = Aggregates.count(sample);
    if (aggregated > 0 && aggregated < sample.size()) {
      findings.note(
          Share.percent(aggregated, sample.size())
              + " of the records came out of KPL aggregates, the others are none; both are read.");
    }
    return aggregated > 0;
  }

  /** The fields of a log subscription, which are the same everywhere. */
  private List<GuessedColumn> envelopeColumns(Opened opened) {
    if (!opened.has(Envelope.CloudWatchLogs.class)) {
      return List.of();
    }
    return List.of(
        envelope("log_group", Plain.VARCHAR, "logGroup"),
        envelope("log_stream", Plain.VARCHAR, "logStream"),
        envelope("owner", Plain.VARCHAR, "owner"),
        envelope(
            "subscription_filters", new ColumnType.Array(Plain.VARCHAR), "subscriptionFilters"),
        envelope("event_id", Plain.VARCHAR, "logEvents/id"),
        loggedAt());
  }

  private GuessedColumn loggedAt() {
    GuessedColumn column =
        envelope("logged_at", new TimestampWithTimeZone(3), "logEvents/timestamp");
    return GuessedColumn.known(column.column().withDataFormat("milliseconds-since-epoch"));
  }

  private GuessedColumn envelope(String name, ColumnType type, String mapping) {
    return GuessedColumn.known(
        Column.named(names.of(List.of(name)), type)
            .withMapping(mapping)
            .withOrigin(Origin.ENVELOPE));
  }

  private InferenceReport report(String what, Verification verified) {
    List<ColumnReport> columns = new ArrayList<>();
    for (int i = 0; i < verified.columns().size(); i++) {
      GuessedColumn guessed = verified.columns().get(i);
      columns.add(
          new ColumnReport(
              guessed.column().name(),
              guessed.column().type().toString(),
              verified.rows().nulls(i),
              example(guessed.shape())));
    }
    return new InferenceReport(
        what,
        sample.size(),
        sample.stream().map(UserRecord::shard).distinct().count(),
        verified.rows().rows(),
        columns,
        findings.conflicts(),
        findings.notes());
  }

  private static String example(Shape shape) {
    return shape.kindsByCount().stream()
        .findFirst()
        .flatMap(shape::example)
        .map(Shape.Example::text)
        .orElse("");
  }
}
