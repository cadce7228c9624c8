package dev.millrace.connector.option;

import java.util.List;
import java.util.Optional;

/**
 * A property of the connectors before us that has another name now, or no meaning.
 *
 * @param ancestors whose it was
 */
record OldProperty(String key, String ancestors, Fate fate) {

  /** What has become of it. */
  sealed interface Fate {

    /**
     * Another property says it.
     *
     * @param how what to write there
     */
    record Renamed(Property<?> successor, String how) implements Fate {}

    record Dead(String reason) implements Fate {}
  }

  private static final String PRESTO = "presto-kinesis";
  private static final String TRINO = "Trino";
  private static final String BOTH = "both";

  private static final String TRUTHFUL =
      "an empty answer never ends a shard, and calls are paced by what the service allows";

  static final String ITER_FROM_TIMESTAMP = "kinesis.iter-from-timestamp";
  static final String ITER_OFFSET_SECONDS = "kinesis.iter-offset-seconds";
  static final String ITERATOR_FROM_TIMESTAMP = "kinesis.iterator-from-timestamp";
  static final String ITERATOR_OFFSET_SECONDS = "kinesis.iterator-offset-seconds";

  static final List<OldProperty> ALL =
      List.of(
          renamed(
              "kinesis.table-description-dir",
              PRESTO,
              CatalogProperties.TABLE_DESCRIPTION_LOCATION,
              "the same value"),
          renamed(
              "kinesis.table-descriptions-s3",
              PRESTO,
              CatalogProperties.TABLE_DESCRIPTION_LOCATION,
              "the same value; it comes before kinesis.table-description-dir, as it did"),
          renamed(
              ITER_FROM_TIMESTAMP,
              PRESTO,
              CatalogProperties.START,
              "trim-horizon for false; a duration back for true"),
          renamed(
              ITER_OFFSET_SECONDS, PRESTO, CatalogProperties.START, "the number, followed by s"),
          renamed(
              ITERATOR_FROM_TIMESTAMP,
              TRINO,
              CatalogProperties.START,
              "trim-horizon for false; a duration back for true"),
          renamed(
              ITERATOR_OFFSET_SECONDS, TRINO, CatalogProperties.START, "the number, followed by s"),
          renamed(
              "kinesis.iterator-number",
              TRINO,
              CatalogProperties.ITERATION_NUMBER,
              "the same value"),
          dead("kinesis.fetch-attempts", BOTH, TRUTHFUL),
          dead("kinesis.sleep-time", BOTH, TRUTHFUL),
          dead(
              "kinesis.log-batches",
              BOTH,
              "calls, records and bytes are in the query's statistics"),
          dead(
              "kinesis.checkpoint-interval-ms",
              PRESTO,
              "a checkpoint moves once, when the query has succeeded"),
          dead(
              "kinesis.checkpoint-interval",
              TRINO,
              "a checkpoint moves once, when the query has succeeded"),
          dead("kinesis.table-names", PRESTO, "tables are what definitions there are"));

  private static OldProperty renamed(
      String key, String ancestors, Property<?> successor, String how) {
    return new OldProperty(key, ancestors, new Fate.Renamed(successor, how));
  }

  private static OldProperty dead(String key, String ancestors, String reason) {
    return new OldProperty(key, ancestors, new Fate.Dead(reason));
  }

  static Optional<OldProperty> find(String key) {
    return ALL.stream().filter(old -> old.key.equals(key)).findFirst();
  }
}
