package dev.millrace.local;

import dev.millrace.aws.Connections;
import dev.millrace.local.fill.FillListener;
import dev.millrace.local.query.Cancellation;
import dev.millrace.local.query.Explanation;
import dev.millrace.local.query.Query;
import dev.millrace.local.query.QueryRequest;
import dev.millrace.local.query.QueryResult;
import dev.millrace.local.query.Views;
import dev.millrace.local.sql.Statement;
import dev.millrace.local.sql.StatementReader;
import dev.millrace.local.store.Store;
import dev.millrace.table.Catalog;
import dev.millrace.table.Definitions;

/**
 * SQL over streams: what a statement needs is read, stored and answered. One query at a time; the
 * rows of one are taken before the next is asked.
 */
public final class Embedded implements AutoCloseable {
  private final EmbeddedOptions options;
  private final Connections connections;
  private final Catalog catalog;
  private final Store store;
  private final Views views;
  private volatile Cancellation current = new Cancellation();

  private Embedded(EmbeddedOptions options, Connections connections, Catalog catalog, Store store) {
    this.options = options;
    this.connections = connections;
    this.catalog = catalog;
    this.store = store;
    this.views = new Views(store.session());
  }

  /**
   * Opens the store.
   *
   * @param connections where streams are read; they stay the caller's to close
   * @throws dev.millrace.stream.MillraceException where the store is in use, of a newer version, or
   *     cannot be opened
   */
  public static Embedded open(EmbeddedOptions options, Connections connections, Catalog catalog) {
    Store store =
        switch (options.keeping()) {
          case STORED -> Store.open(options.directory(), options.store());
          case IN_MEMORY -> Store.inMemory(options.directory(), options.store());
        };
    return new Embedded(options, connections, catalog, store);
  }

  /**
   * Answers a request. Reading happens here; the answer's rows stream from the store.
   *
   * @throws dev.millrace.stream.MillraceException what is wrong with the request, or what kept it
   *     from being answered
   * @throws InterruptedException where the thread is interrupted while it reads; what was committed
   *     is kept
   */
  public QueryResult query(QueryRequest request, FillListener listener)
      throws InterruptedException {
    Definitions definitions = catalog.load();
    Query query = query(request, definitions);
    return query.run(statement(request, definitions, query), listener);
  }

  /**
   * Says what {@link #query} would read for a request, without reading a record.
   *
   * @throws dev.millrace.stream.MillraceException what is wrong with the request, or what kept it
   *     from being explained
   */
  public Explanation explain(QueryRequest request) {
    Definitions definitions = catalog.load();
    Query query = query(request, definitions);
    return query.explain(statement(request, definitions, query));
  }

  private Query query(QueryRequest request, Definitions definitions) {
    Cancellation cancellation = new Cancellation();
    current = cancellation;
    return new Query(
        options.fetch(),
        options.fill(),
        connections,
        store,
        views,
        definitions,
        request,
        cancellation);
  }

  private Statement statement(QueryRequest request, Definitions definitions, Query query) {
    return StatementReader.read(
        store.session().connection(), request.sql(), definitions, query::instant);
  }

  /**
   * Breaks off the SQL of the request that is being answered, and no other part of it: reading ends
   * when its thread is interrupted. Whoever waits for the answer gets a {@link
   * java.util.concurrent.CancellationException}; what was stored is kept. Any thread may call it,
   * and again while the request goes on.
   */
  public void cancel() {
    current.cancel();
  }

  @Override
  public void close() {
    store.close();
  }
}
