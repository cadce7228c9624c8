package dev.millrace.fuzz;

import dev.millrace.decode.schema.CachedSchemas;
import dev.millrace.decode.schema.RegisteredSchema;
import dev.millrace.decode.schema.RegisteredSchema.Kind;
import dev.millrace.decode.schema.SchemaRegistry;
import dev.millrace.decode.schema.UnknownSchemaException;
import dev.millrace.table.Column;
import dev.millrace.table.ColumnType;
import dev.millrace.table.MessageFormat;
import dev.millrace.table.MessageFormat.Avro;
import dev.millrace.table.MessageFormat.AvroEncoding;
import dev.millrace.table.mapping.FieldChecks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Avro messages of random schemas and their older versions, written by the library's encoder. */
final class AvroSubject implements Subject {
  private static final int UNUSABLE = 3;
  private static final int UNANSWERED = 7;

  private final Schema own;
  private final List<Schema> writers = new ArrayList<>();
  private final Avro format;
  private final List<Column> columns = new ArrayList<>();
  private final boolean fits;
  private final boolean named;
  private int writer;
  private long asked;

  /**
   * @param named whether a Glue header names the writer's schema
   */
  AvroSubject(Dice dice, boolean named) {
    this.named = named;
    AvroSchemasMade schemas = new AvroSchemasMade(dice);
    own = schemas.record(3);
    writers.add(own);
    writers.add(schemas.older(own));
    writers.add(schemas.older(own));
    boolean unwritten = dice.oneIn(named ? 3 : 80);
    format =
        new Avro(
            unwritten ? Optional.empty() : Optional.of(own.toString()),
            dice.oneIn(4) ? AvroEncoding.SINGLE_OBJECT : AvroEncoding.BINARY);
    fits = dice.coin();
    int count = 1 + dice.below(6);
    while (columns.size() < count) {
      Column column = column(schemas, dice);
      if (FieldChecks.faults(format, column).isEmpty()) {
        columns.add(column);
      }
    }
  }

  private Column column(AvroSchemasMade schemas, Dice dice) {
    AvroSchemasMade.Place place = schemas.place(own);
    String name = "c" + columns.size();
    if (fits) {
      return Column.named(name, dice.of(place.types())).withMapping(place.path());
    }
    ColumnType type = dice.coin() ? dice.of(place.types()) : Types.any(dice);
    Column column = Column.named(name, type).withMapping(place.path());
    return Types.holdsTimes(type) || dice.oneIn(8) ? dice.of(Times.ALL).on(column) : column;
  }

  @Override
  public MessageFormat format() {
    return format;
  }

  @Override
  public List<Column> columns() {
    return columns;
  }

  @Override
  public Content content() {
    return Content.BYTES;
  }

  @Override
  public Sample message(Dice dice) {
    writer = named ? dice.below(writers.size()) : 0;
    Schema schema = writers.get(writer);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (format.encoding() == AvroEncoding.SINGLE_OBJECT) {
      bytes.write(0xC3);
      bytes.write(0x01);
      bytes.writeBytes(
          ByteBuffer.allocate(8)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putLong(SchemaNormalization.parsingFingerprint64(schema))
              .array());
    }
    EncoderFactory encoders = EncoderFactory.get();
    BinaryEncoder encoder =
        dice.coin()
            ? encoders.binaryEncoder(bytes, null)
            : encoders.blockingBinaryEncoder(bytes, null);
    try {
      new GenericDatumWriter<>(schema).write(new AvroValues(dice).of(schema, 6), encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // Where the header alone has the schema, an older one may lack a column's path.
    return new Sample(
        bytes.toByteArray(), fits && ((named && writer == 0) || format.schema().isPresent()));
  }

  @Override
  public UUID version(Dice dice) {
    return new UUID(dice.oneIn(12) ? UNUSABLE + dice.below(5) : writer, 0);
  }

  @Override
  public SchemaRegistry registry() {
    List<RegisteredSchema> schemas = new ArrayList<>();
    writers.forEach(schema -> schemas.add(new RegisteredSchema(Kind.AVRO, schema.toString())));
    schemas.add(new RegisteredSchema(Kind.PROTOBUF, "syntax = \"proto3\";"));
    schemas.add(new RegisteredSchema(Kind.AVRO, "{\"type\":\"nothing\"}"));
    schemas.add(new RegisteredSchema(Kind.AVRO, "\"string\""));
    return new CachedSchemas(
        version -> find(schemas, version), () -> Instant.ofEpochSecond(20 * asked++));
  }

  private static RegisteredSchema find(List<RegisteredSchema> schemas, UUID version)
      throws UnknownSchemaException {
    long number = version.getMostSignificantBits();
    if (number < 0 || number >= schemas.size() || version.getLeastSignificantBits() != 0) {
      String reason = "the registry has no schema version " + version;
      throw number == UNANSWERED
          ? new UnknownSchemaException(reason)
          : UnknownSchemaException.absent(reason);
    }
    return schemas.get((int) number);
  }

  /** Whether a version can be read. */
  static boolean isUsable(UUID version) {
    return version.getMostSignificantBits() < UNUSABLE;
  }
}
