package dev.millrace.local.store;

import dev.millrace.decode.RowDecoder;
import dev.millrace.decode.schema.RegisteredSchema;
import dev.millrace.decode.schema.SchemaRegistry;
import dev.millrace.decode.schema.UnknownSchemaException;
import dev.millrace.stream.UserRecord;
import dev.millrace.table.Column;
import dev.millrace.table.Envelope;
import dev.millrace.table.MessageDefinition;
import dev.millrace.table.MessageFormat;
import dev.millrace.table.TableDefinition;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/**
 * A definition's rows, decoded from the raw records of its stream. Belongs to what the definition
 * says of decoding, not to its name: two definitions that say the same share it.
 */
public final class DerivedTable {
  /** Changes when decoders give other values for the same definition: tables are then rebuilt. */
  private static final String DECODING = "4";

  private final int id;
  private final List<Column> columns;
  private final RowDecoder decoder;
  private final RowAppender rows;
  private final Lookup lookup = new Lookup();
  private final boolean looksUpSchemas;

  /** Notes the first record whose schema was not found: its rows are not what they may become. */
  private static final class Lookup implements SchemaRegistry {
    private SchemaRegistry registry = SchemaRegistry.NONE;
    private long rid;
    private long firstAbsent = Long.MAX_VALUE;

    SchemaRegistry in(SchemaRegistry theirs) {
      registry = theirs;
      return this;
    }

    @Override
    public RegisteredSchema find(UUID version) throws UnknownSchemaException {
      try {
        return registry.find(version);
      } catch (UnknownSchemaException e) {
        if (e.isAbsent()) {
          firstAbsent = Math.min(firstAbsent, rid);
        }
        throw e;
      }
    }
  }

  DerivedTable(int id, TableDefinition definition, StreamStore.Decoders decoders) {
    this.id = id;
    this.columns = definition.columns();
    this.decoder = decoders.compile(definition, columns, lookup::in);
    MessageDefinition message = definition.message();
    this.looksUpSchemas =
        message.format() instanceof MessageFormat.Avro
            && message.envelopes().stream().anyMatch(Envelope.GlueHeader.class::isInstance);
    this.rows = new RowAppender(columns);
  }

  /** Whether what a registry says makes its rows. */
  boolean looksUpSchemas() {
    return looksUpSchemas;
  }

  /** The first record added whose schema was not found; past every record where there is none. */
  long firstAbsent() {
    return lookup.firstAbsent;
  }

  int id() {
    return id;
  }

  String table() {
    return "t_" + id;
  }

  /** The table's full name, for FROM. Its payload columns are {@code c0}, {@code c1} and so on. */
  public String storedName() {
    return Session.stored(table());
  }

  void create(Session session) {
    StringBuilder sql =
        new StringBuilder("CREATE TABLE ")
            .append(storedName())
            .append("(rid BIGINT, row INTEGER, arrival TIMESTAMPTZ, valid BOOLEAN, error VARCHAR");
    for (int i = 0; i < columns.size(); i++) {
      sql.append(", c").append(i).append(' ').append(DuckType.sql(columns.get(i).type()));
    }
    session.run(sql.append(')').toString());
  }

  void writeIn(Transaction transaction) throws SQLException {
    rows.use(transaction.appender(table()));
  }

  void add(UserRecord record, long rid) {
    rows.startRecord(rid, record.arrivalMillis() * 1000);
    lookup.rid = rid;
    decoder.decode(record, rows);
  }

  /** Equal for definitions that decode every record alike. */
  static String fingerprint(TableDefinition definition) {
    StringBuilder text = new StringBuilder(DECODING);
    MessageDefinition message = definition.message();
    add(text, message.format().toString());
    add(text, message.compression().name());
    add(text, message.envelopes().toString());
    for (Column column : definition.columns()) {
      add(text, column.type().toString());
      add(text, column.origin().name());
      add(text, column.mapping().orElse(""));
      add(text, column.dataFormat().orElse(""));
      add(text, column.formatHint().orElse(""));
      add(text, column.name());
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every JDK has SHA-256", e);
    }
  }

  private static void add(StringBuilder text, String part) {
    text.append('|').append(part.length()).append(':').append(part);
  }
}
