package dev.millrace.bench;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What {@link EnginesBench} asks, in the SQL that every home reads. */
enum EngineQuery {
  COUNT("count(*)") {
    @Override
    String sql(Instant newest) {
      return "SELECT count(*) FROM bench.orders";
    }
  },
  THREE_COLUMNS("aggregate of 3 columns") {
    @Override
    String sql(Instant newest) {
      return "SELECT max(id), sum(amount), sum(length(customer)) FROM bench.orders";
    }
  },
  TWELVE_COLUMNS("aggregate of 12 columns") {
    @Override
    String sql(Instant newest) {
      return "SELECT max(id), sum(length(number)), sum(length(customer)), sum(amount),"
          + " sum(length(currency)), sum(quantity), count(*) FILTER (WHERE paid),"
          + " sum(length(country)), max(created_at), sum(length(status)), max(ratio),"
          + " sum(length(note)) FROM bench.orders";
    }
  },
  LIMIT("LIMIT 10") {
    @Override
    String sql(Instant newest) {
      return "SELECT id, customer FROM bench.orders LIMIT 10";
    }
  },
  LAST_MINUTE("last minute") {
    @Override
    String sql(Instant newest) {
      return "SELECT count(*), max(id) FROM bench.orders WHERE _timestamp >="
          + " CAST('%s UTC' AS TIMESTAMP WITH TIME ZONE)"
              .formatted(
                  newest
                      .minusSeconds(60)
                      .truncatedTo(ChronoUnit.MILLIS)
                      .toString()
                      .replace('T', ' ')
                      .replace("Z", ""));
    }
  };

  /** The twelve fields of {@link SampleRecords} as a table. */
  static final String DEFINITION =
      """
      {"tableName": "orders", "schemaName": "bench", "streamName": "%s",
       "message": {"dataFormat": "json", "fields": [
         {"name": "id", "type": "BIGINT"},
         {"name": "number", "type": "VARCHAR", "mapping": "order/number"},
         {"name": "customer", "type": "VARCHAR"},
         {"name": "amount", "type": "DECIMAL(10,2)"},
         {"name": "currency", "type": "VARCHAR"},
         {"name": "quantity", "type": "INTEGER"},
         {"name": "paid", "type": "BOOLEAN"},
         {"name": "country", "type": "VARCHAR"},
         {"name": "created_at", "type": "TIMESTAMP(3) WITH TIME ZONE"},
         {"name": "status", "type": "VARCHAR"},
         {"name": "ratio", "type": "DOUBLE"},
         {"name": "note", "type": "VARCHAR"}]}}
      """
          .formatted(SourceProcess.STREAM);

  private final String title;

  EngineQuery(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /**
   * The statement.
   *
   * @param newest the arrival time of the stream's last record
   */
  abstract String sql(Instant newest);

  /** Whether it reads the whole stream, so that its cost is a share of the loop's. */
  boolean readsAll() {
    return this == COUNT || this == THREE_COLUMNS || this == TWELVE_COLUMNS;
  }
}
