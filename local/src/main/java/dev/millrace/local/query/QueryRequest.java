package dev.millrace.local.query;

import dev.millrace.read.FetchOptions.OnLoss;
import dev.millrace.table.OnBad;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A question.
 *
 * @param sql one SELECT, EXPLAIN, DESCRIBE, SUMMARIZE or SHOW
 * @param since from which arrival time on
 * @param until up to which arrival time, exclusively; empty means the query's instant
 * @param maxWait when to stop reading and answer from what is held; empty means never
 * @param onBad what a record that could not be decoded does; empty means what its table's
 *     definition says, else NULL
 * @param onLoss what it does that records can no longer be read
 * @param asked how long ago the user asked: the query's instant is the service's clock then
 */
public record QueryRequest(
    String sql,
    Since since,
    Optional<Instant> until,
    Optional<Duration> maxWait,
    Optional<OnBad> onBad,
    OnLoss onLoss,
    Duration asked) {

  public static QueryRequest of(String sql) {
    return new QueryRequest(
        sql,
        Since.unsaid(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OnLoss.FAIL,
        Duration.ZERO);
  }

  public QueryRequest withSince(Since value) {
    return new QueryRequest(sql, value, until, maxWait, onBad, onLoss, asked);
  }

  public QueryRequest withUntil(Instant value) {
    return new QueryRequest(sql, since, Optional.of(value), maxWait, onBad, onLoss, asked);
  }

  public QueryRequest withMaxWait(Duration value) {
    return new QueryRequest(sql, since, until, Optional.of(value), onBad, onLoss, asked);
  }

  public QueryRequest withOnBad(OnBad value) {
    return new QueryRequest(sql, since, until, maxWait, Optional.of(value), onLoss, asked);
  }

  public QueryRequest withOnLoss(OnLoss value) {
    return new QueryRequest(sql, since, until, maxWait, onBad, value, asked);
  }

  public QueryRequest withAsked(Duration ago) {
    return new QueryRequest(sql, since, until, maxWait, onBad, onLoss, ago);
  }
}
