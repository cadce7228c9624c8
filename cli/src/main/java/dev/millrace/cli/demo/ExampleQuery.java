package dev.millrace.cli.demo;

import java.util.List;

/** A query the demo shows, with what it is to show. */
public record ExampleQuery(String title, String sql) {

  /** A filter on time, an aggregate, a join of two streams, metadata columns. */
  public static List<ExampleQuery> all() {
    return List.of(
        new ExampleQuery(
            "The newest pushes: a filter on arrival time, which also narrows what is read",
            """
            SELECT created_at, actor, repo, commits, first_commit
            FROM github.events
            WHERE _timestamp > now() - INTERVAL 2 MINUTE AND type = 'PushEvent'
            ORDER BY id DESC
            LIMIT 5"""),
        new ExampleQuery(
            "What happens: an aggregate",
            """
            SELECT type, count(*) AS events, count(DISTINCT actor) AS actors
            FROM events
            GROUP BY type
            ORDER BY events DESC, type"""),
        new ExampleQuery(
            "Do those who push also buy: a join of two streams",
            """
            SELECT o.country, count(DISTINCT o.order_id) AS orders, count(DISTINCT e.repo) AS repos
            FROM shop.orders o
            JOIN github.events e ON e.actor = o.customer AND e.type = 'PushEvent'
            GROUP BY o.country
            ORDER BY orders DESC, o.country
            LIMIT 5"""),
        new ExampleQuery(
            "Where the records are: metadata columns, and a split on the way",
            """
            SELECT _shard_id, count(*) AS records, sum(_message_length) AS bytes,
                   min(_timestamp) AS first_arrival, max(_timestamp) AS last_arrival
            FROM github.events
            GROUP BY _shard_id
            ORDER BY _shard_id"""));
  }
}
