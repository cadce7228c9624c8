package dev.millrace.connector;

import dev.millrace.aws.AwsConnections;
import dev.millrace.aws.Connections;
import dev.millrace.aws.S3Files;
import dev.millrace.connector.checkpoint.CheckpointStore;
import dev.millrace.connector.option.CatalogOptions;
import dev.millrace.connector.option.SessionOptions;
import dev.millrace.connector.plan.KinesisTable;
import dev.millrace.connector.plan.ScanPlanner;
import dev.millrace.connector.plan.SplitScan;
import dev.millrace.connector.plan.TableColumn;
import dev.millrace.connector.split.SplitReader;
import dev.millrace.connector.split.SplitReaders;
import dev.millrace.connector.system.QueryLosses;
import dev.millrace.connector.system.SampledTables;
import dev.millrace.connector.system.SystemTables;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.StreamRef;
import dev.millrace.table.DefinitionFiles;
import dev.millrace.table.DirectoryFiles;
import dev.millrace.table.TableName;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * A catalog of an engine: the tables there are, the queries that plan scans of them, and the splits
 * that workers read. Any thread may call.
 */
public final class KinesisCatalog implements AutoCloseable {
  private final CatalogOptions options;
  private final DefinedTables tables;
  private final Connections connections;
  private final CheckpointStore checkpoints;
  private final InstantSource clock;
  private final Consumer<String> warnings;
  private final QueryLosses losses;
  private final SplitReaders readers;
  private final Map<String, CatalogQuery> queries = new ConcurrentHashMap<>();

  KinesisCatalog(
      CatalogOptions options,
      DefinedTables tables,
      Connections connections,
      CheckpointStore checkpoints,
      InstantSource clock,
      Consumer<String> warnings) {
    this.options = options;
    this.warnings = warnings;
    this.tables = tables;
    this.connections = connections;
    this.checkpoints = checkpoints;
    this.clock = clock;
    this.losses = new QueryLosses(clock);
    this.readers =
        new SplitReaders(
            connections,
            tables,
            options.fetch().withMetrics(losses),
            new StoredMarks(checkpoints, clock));
  }

  /**
   * Nothing is called yet.
   *
   * @param warnings takes what the log should have, a line each: odd options, what is wrong with
   *     definitions, what was assumed for a client
   */
  public static KinesisCatalog open(CatalogOptions options, Consumer<String> warnings) {
    options.warnings().forEach(warnings);
    InstantSource clock = InstantSource.system();
    DefinedTables tables = new DefinedTables(files(options), options, clock, warnings);
    Connections connections = AwsConnections.of(options::aws, options.limits().pacing(), warnings);
    return new KinesisCatalog(
        options,
        tables,
        connections,
        options.checkpoints().open(options.aws(), clock),
        clock,
        warnings);
  }

  private static DefinitionFiles files(CatalogOptions options) {
    String location = options.definitionsLocation();
    return S3Files.isLocation(location)
        ? S3Files.connect(location, options.aws())
        : new DirectoryFiles(Path.of(location));
  }

  public CatalogOptions options() {
    return options;
  }

  public List<String> schemas() {
    return tables.schemas();
  }

  /**
   * The names of the tables.
   *
   * @param schema none means of all schemas
   */
  public List<TableName> tables(Optional<String> schema) {
    return tables.names(schema);
  }

  public Optional<KinesisTable> table(TableName name) {
    return tables.find(name);
  }

  /** Reads the definitions now, however old the known ones are. */
  public void refresh() {
    tables.refresh();
  }

  /**
   * A table of a stream without a definition: made of a sample of its records.
   *
   * @param format what the records are read as, as a definition names it; none means what they look
   *     like
   */
  public KinesisTable readStream(StreamRef stream, Optional<String> format) {
    return new SampledTables(connections, options.internalColumns()).make(stream, format);
  }

  /** What is to be known of streams, shards and losses. */
  public SystemTables system() {
    return new SystemTables(connections, checkpoints, losses, tables::definitions);
  }

  /**
   * Starts reading a split, on a worker. Neither this nor the reader waits: not for records, nor
   * for the client of an access, nor for a schema that a message names.
   *
   * @param columns those wanted, in their order; none where only the rows are counted
   */
  public SplitReader read(SplitScan split, List<TableColumn> columns) {
    return readers.open(split, columns);
  }

  /**
   * What is shared by all that one query plans: made when it is first asked for, and the same for
   * the same query until its end.
   *
   * @param session of the first call counts: a query has one session
   */
  public CatalogQuery query(String queryId, SessionOptions session) {
    return queries.computeIfAbsent(
        queryId,
        id ->
            new CatalogQuery(
                id,
                new ScanPlanner(connections, tables, session, options.fetch(), checkpoints),
                new Committing(id, checkpoints, clock)));
  }

  /**
   * Forgets a query, and the marks that its splits left if it was not committed. Where the store
   * cannot be reached they stay in it as long as marks are kept, and nobody reads them.
   */
  public void end(String queryId) {
    CatalogQuery ended = queries.remove(queryId);
    if (ended == null) {
      return;
    }
    try {
      ended.end();
    } catch (MillraceException e) {
      warnings.accept("Query " + queryId + " leaves its marks behind: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    try (connections;
        checkpoints;
        readers) {
      tables.close();
    }
  }
}
