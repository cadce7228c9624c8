package dev.millrace.fuzz;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/** Values of a schema, for the library's own writer. */
final class AvroValues {
  private final Dice dice;

  AvroValues(Dice dice) {
    this.dice = dice;
  }

  @Nullable Object of(Schema schema, int depth) {
    return switch (schema.getType()) {
      case NULL -> null;
      case BOOLEAN -> dice.coin();
      case INT -> (int) number(schema, 32);
      case LONG -> number(schema, 64);
      case FLOAT -> dice.oneIn(9) ? Float.NaN : (float) dice.whole(20) / 8;
      case DOUBLE -> dice.oneIn(9) ? Double.NEGATIVE_INFINITY : (double) dice.whole(40) / 64;
      case STRING ->
          schema.getLogicalType() == null
              ? dice.text(40)
              : new UUID(dice.bits(), dice.bits()).toString();
      case BYTES -> ByteBuffer.wrap(bytes(schema));
      case FIXED -> new GenericData.Fixed(schema, fixed(schema));
      case ENUM -> new GenericData.EnumSymbol(schema, dice.of(schema.getEnumSymbols()));
      case ARRAY -> array(schema, depth);
      case MAP -> map(schema, depth);
      case UNION -> of(branch(schema, depth), depth);
      case RECORD -> record(schema, depth);
    };
  }

  private long number(Schema schema, int bits) {
    if (schema.getLogicalType() == null) {
      return dice.whole(bits);
    }
    long second = dice.between(-1_000_000_000L, 4_000_000_000L);
    return switch (schema.getLogicalType().getName()) {
      case "date" -> second / 86_400;
      case "time-millis" -> dice.below(86_400_000);
      case "time-micros" -> dice.between(0, 86_400_000_000L);
      case "timestamp-millis", "local-timestamp-millis" -> second * 1_000 + dice.below(1_000);
      case "timestamp-micros", "local-timestamp-micros" ->
          second * 1_000_000 + dice.below(1_000_000);
      default -> second * 1_000_000_000 + dice.below(1_000_000_000);
    };
  }

  private byte[] bytes(Schema schema) {
    return schema.getLogicalType() instanceof LogicalTypes.Decimal
        ? BigInteger.valueOf(dice.whole(56)).toByteArray()
        // Bytes that a reader may take for text are text.
        : dice.text(20).getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  private byte[] fixed(Schema schema) {
    return dice.bytes(schema.getFixedSize());
  }

  private List<@Nullable Object> array(Schema schema, int depth) {
    List<@Nullable Object> list = new ArrayList<>();
    for (int i = depth > 0 ? dice.below(4) : 0; i > 0; i--) {
      list.add(of(schema.getElementType(), depth - 1));
    }
    return list;
  }

  private Map<String, @Nullable Object> map(Schema schema, int depth) {
    Map<String, @Nullable Object> map = new HashMap<>();
    for (int i = depth > 0 ? dice.below(4) : 0; i > 0; i--) {
      map.put(dice.any("a", "b", "é", "x\"y"), of(schema.getValueType(), depth - 1));
    }
    return map;
  }

  private Schema branch(Schema union, int depth) {
    if (depth <= 0 && union.isNullable()) {
      return Schema.create(Schema.Type.NULL);
    }
    return dice.of(union.getTypes());
  }

  private GenericData.Record record(Schema schema, int depth) {
    GenericData.Record record = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      record.put(field.pos(), of(field.schema(), depth - 1));
    }
    return record;
  }
}
