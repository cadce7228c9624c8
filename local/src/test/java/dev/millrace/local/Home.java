package dev.millrace.local;

import dev.millrace.aws.Connections;
import dev.millrace.decode.schema.SchemaRegistry;
import dev.millrace.local.fill.FillListener;
import dev.millrace.local.query.QueryRequest;
import dev.millrace.local.query.QueryResult;
import dev.millrace.local.query.ResultColumn;
import dev.millrace.local.store.StoreOptions;
import dev.millrace.read.Kinesis;
import dev.millrace.read.Pacing;
import dev.millrace.read.ShardBudgets;
import dev.millrace.stream.StreamRef;
import dev.millrace.table.Catalog;
import dev.millrace.table.Column;
import dev.millrace.table.ColumnType;
import dev.millrace.table.ColumnType.Plain;
import dev.millrace.table.Compression;
import dev.millrace.table.Definitions;
import dev.millrace.table.MessageDefinition;
import dev.millrace.table.MessageFormat;
import dev.millrace.table.TableDefinition;
import dev.millrace.table.TableName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An embedded home over fake streams, and the few words tests ask it in. */
public final class Home implements AutoCloseable {
  /** Long enough for an empty answer to prove that nothing is missing. */
  private static final Duration ASKED = Duration.ofSeconds(2);

  private final Embedded embedded;

  public Home(Path directory, FakeKinesis kinesis, TableDefinition... tables) {
    this(options(directory), kinesis, tables);
  }

  public Home(EmbeddedOptions options, FakeKinesis kinesis, TableDefinition... tables) {
    this(options, connections(kinesis), tables);
  }

  public Home(EmbeddedOptions options, FakeKinesis kinesis, Catalog catalog) {
    this(options, connections(kinesis), catalog);
  }

  public Home(EmbeddedOptions options, Connections connections, TableDefinition... tables) {
    this(options, connections, () -> new Definitions(List.of(tables), List.of()));
  }

  public Home(EmbeddedOptions options, Connections connections, Catalog catalog) {
    embedded = Embedded.open(options, connections, catalog);
  }

  public static EmbeddedOptions options(Path directory) {
    return EmbeddedOptions.stored(directory)
        .withStore(StoreOptions.defaults().withLockWait(Duration.ZERO));
  }

  /** One service for all tables, as fast as it answers. */
  public static Connections connections(Kinesis kinesis) {
    return connections(kinesis, SchemaRegistry.NONE);
  }

  /** The same with a registry of the schemas that messages name. */
  public static Connections connections(Kinesis kinesis, SchemaRegistry schemas) {
    return Connections.only(kinesis, new ShardBudgets(Pacing.unlimited()), schemas);
  }

  /** A json table in schema "shop", over the stream of its own name. */
  public static TableDefinition table(String name, Column... columns) {
    return table(name, name, Compression.UNCOMPRESSED, columns);
  }

  public static TableDefinition table(
      String name, String stream, Compression compression, Column... columns) {
    return TableDefinition.of(
        new TableName("shop", name),
        StreamRef.parse(stream),
        MessageDefinition.of(new MessageFormat.Json(), List.of(columns))
            .withCompression(compression),
        name + ".json");
  }

  public static Column column(String name, ColumnType type) {
    return Column.named(name, type);
  }

  /** The orders of most tests: {@code {"id": 1, "item": "mill"}}. */
  public static TableDefinition orders() {
    return table("orders", column("id", Plain.BIGINT), column("item", Plain.VARCHAR));
  }

  public static String order(long id, String item) {
    return "{\"id\": " + id + ", \"item\": \"" + item + "\"}";
  }

  /** Asks as if two seconds ago; rows as text, values separated by a bar. */
  public List<String> rows(String sql) {
    return rows(QueryRequest.of(sql));
  }

  public List<String> rows(QueryRequest request) {
    return answer(request).rows();
  }

  /** An answer as a whole. */
  public record Answer(List<String> columns, List<String> rows, List<String> notices) {}

  public Answer answer(QueryRequest request) {
    return answer(request, FillListener.silent());
  }

  public Answer answer(QueryRequest request, FillListener listener) {
    try (QueryResult result = embedded.query(request.withAsked(ASKED), listener)) {
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < result.columns().size(); i++) {
          values.add(text(result.value(i)));
        }
        rows.add(String.join("|", values));
      }
      return new Answer(
          result.columns().stream().map(ResultColumn::name).toList(), rows, result.notices());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String text(@Nullable Object value) {
    return value instanceof byte[] bytes ? Arrays.toString(bytes) : String.valueOf(value);
  }

  public Embedded embedded() {
    return embedded;
  }

  @Override
  public void close() {
    embedded.close();
  }
}
