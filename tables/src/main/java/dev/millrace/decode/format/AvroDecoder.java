package dev.millrace.decode.format;

import dev.millrace.decode.envelope.MessageContext;
import dev.millrace.decode.field.WantedColumn;
import dev.millrace.decode.row.PendingRow;
import dev.millrace.decode.schema.RegisteredSchema;
import dev.millrace.decode.schema.RegisteredSchema.Kind;
import dev.millrace.decode.schema.SchemaRegistry;
import dev.millrace.decode.schema.UnknownSchemaException;
import dev.millrace.table.MessageFormat.Avro;
import dev.millrace.table.MessageFormat.AvroEncoding;
import dev.millrace.table.mapping.AvroSchemas;
import dev.millrace.table.mapping.FirstLine;
import dev.millrace.table.mapping.JsonPath.Step;
import dev.millrace.table.mapping.MappingException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.jspecify.annotations.Nullable;

/**
 * Messages in Avro's binary encoding. Where an envelope named a registered schema, that is what the
 * message was written with and the definition's, if it has one, what it is read as; without such an
 * envelope the definition's is both.
 */
public final class AvroDecoder implements MessageDecoder {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int SINGLE_OBJECT_HEADER = 10;
  private static final int MAX_READINGS = 100;

  private final boolean singleObject;
  private final List<AvroColumn> columns;
  private final List<List<Step>> paths;
  private final @Nullable Schema own;
  private final @Nullable AvroReading ownReading;
  private final long fingerprint;
  private final MessageContext context;
  private final SchemaRegistry registry;
  private final AvroInput input = new AvroInput();
  private final Map<UUID, AvroReading> readings =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, AvroReading> eldest) {
          return size() > MAX_READINGS;
        }
      };

  public AvroDecoder(
      Avro format, List<WantedColumn> wanted, MessageContext context, SchemaRegistry registry) {
    this.singleObject = format.encoding() == AvroEncoding.SINGLE_OBJECT;
    JsonOutput json = new JsonOutput();
    this.columns = wanted.stream().map(column -> new AvroColumn(column, json)).toList();
    this.paths = columns.stream().map(AvroColumn::path).toList();
    this.own = format.schema().map(AvroSchemas::parse).orElse(null);
    this.ownReading = own == null ? null : new AvroReading(own, own, paths);
    this.fingerprint = own == null ? 0 : SchemaNormalization.parsingFingerprint64(own);
    this.context = context;
    this.registry = registry;
  }

  @Override
  public @Nullable String decode(byte[] buffer, int offset, int length, PendingRow row) {
    AvroReading reading;
    try {
      reading = reading();
    } catch (UnknownSchemaException e) {
      return e.getMessage();
    }
    int header = singleObject ? SINGLE_OBJECT_HEADER : 0;
    if (singleObject) {
      String wrong = wrongHeader(buffer, offset, length, reading);
      if (wrong != null) {
        return wrong;
      }
    }
    input.reset(buffer, offset + header, length - header);
    Object value;
    try {
      value = reading.read(input);
    } catch (IOException | RuntimeException e) {
      return "the Avro message is broken or of another schema: " + FirstLine.ofRoot(e);
    }
    for (AvroColumn column : columns) {
      column.decode(reading.schema(), value, row);
    }
    if (input.left() > 0) {
      row.incomplete(
          input.left() + " bytes follow the Avro value; is it the schema it was written with?");
    }
    return null;
  }

  private AvroReading reading() throws UnknownSchemaException {
    UUID version = context.schemaVersion();
    if (version == null) {
      if (ownReading == null) {
        throw new UnknownSchemaException(
            "the message names no registered schema and the definition has none; set the option"
                + " schema, or the envelope glue");
      }
      return ownReading;
    }
    AvroReading known = readings.get(version);
    if (known == null) {
      known = registered(version);
      readings.put(version, known);
    }
    return known;
  }

  private AvroReading registered(UUID version) throws UnknownSchemaException {
    RegisteredSchema schema = registry.find(version);
    if (schema.kind() != Kind.AVRO) {
      throw new UnknownSchemaException(
          "schema version "
              + version
              + " is of "
              + schema.kind()
              + ", the definition's format is avro");
    }
    try {
      Schema writer = AvroSchemas.parse(schema.definition());
      return new AvroReading(writer, Optional.ofNullable(own).orElse(writer), paths);
    } catch (MappingException | AvroRuntimeException e) {
      throw new UnknownSchemaException(
          "schema version " + version + " cannot be used: " + FirstLine.of(e));
    }
  }

  private @Nullable String wrongHeader(byte[] buffer, int offset, int length, AvroReading reading) {
    if (length < SINGLE_OBJECT_HEADER
        || buffer[offset] != (byte) 0xC3
        || buffer[offset + 1] != (byte) 0x01) {
      return "the message does not begin with the bytes C3 01 of Avro's single-object encoding; for"
          + " messages without them set the option encoding to binary";
    }
    long found = (long) LONGS.get(buffer, offset + 2);
    long expected =
        reading == ownReading
            ? fingerprint
            : SchemaNormalization.parsingFingerprint64(reading.writer());
    return found == expected
        ? null
        : "the message was written with the schema of fingerprint %016x, the definition's has %016x"
            .formatted(found, expected);
  }
}
