package dev.millrace.fuzz;

import dev.millrace.table.ColumnType;
import dev.millrace.table.ColumnType.Plain;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** Random schemas of Avro, versions of them, and places in them. */
final class AvroSchemasMade {
  private static final int LONGEST_PATH = 6;

  private final Dice dice;
  private int names;

  AvroSchemasMade(Dice dice) {
    this.dice = dice;
  }

  /**
   * A value in a schema.
   *
   * @param types what can take it, whatever it is
   */
  record Place(String path, List<ColumnType> types) {}

  Schema record(int depth) {
    Schema record = Schema.createRecord("R" + names++, null, "fuzz", false);
    List<Schema.Field> fields = new ArrayList<>();
    int count = 1 + dice.below(7);
    for (int i = 0; i < count; i++) {
      fields.add(field("f" + i, any(depth - 1)));
    }
    if (dice.oneIn(5)) {
      Schema self = Schema.createUnion(Schema.create(Schema.Type.NULL), record);
      fields.add(
          new Schema.Field(
              "self", dice.coin() ? self : Schema.createArray(record), null, (Object) null));
    }
    record.setFields(fields);
    return record;
  }

  private Schema.Field field(String name, Schema schema) {
    if (schema.isNullable() && schema.getType() == Schema.Type.UNION) {
      boolean first = schema.getTypes().get(0).getType() == Schema.Type.NULL;
      return new Schema.Field(name, schema, null, first ? JsonProperties.NULL_VALUE : null);
    }
    Object value =
        switch (schema.getType()) {
          case INT -> 7;
          case LONG -> 7L;
          case STRING -> "x";
          case BOOLEAN -> true;
          case DOUBLE -> 1.5;
          case ARRAY -> List.of();
          default -> null;
        };
    boolean takes = value != null && schema.getLogicalType() == null && dice.coin();
    return new Schema.Field(name, schema, null, takes ? value : null);
  }

  private Schema any(int depth) {
    return switch (dice.below(depth > 0 ? 16 : 11)) {
      case 0 -> Schema.create(Schema.Type.BOOLEAN);
      case 1 -> Schema.create(Schema.Type.INT);
      case 2 -> Schema.create(Schema.Type.LONG);
      case 3 -> Schema.create(Schema.Type.FLOAT);
      case 4 -> Schema.create(Schema.Type.DOUBLE);
      case 5, 6 -> Schema.create(Schema.Type.STRING);
      case 7 -> Schema.create(Schema.Type.BYTES);
      case 8, 9 -> logical();
      case 10 -> dice.coin() ? named() : Schema.create(Schema.Type.NULL);
      case 11 -> Schema.createArray(any(depth - 1));
      case 12 -> Schema.createMap(any(depth - 1));
      case 13 -> record(depth);
      default -> union(depth);
    };
  }

  private Schema named() {
    return dice.coin()
        ? Schema.createEnum("E" + names++, null, "fuzz", List.of("A", "B", "C"))
        : Schema.createFixed("F" + names++, null, "fuzz", dice.any(1, 4, 16));
  }

  private Schema logical() {
    Schema number = Schema.create(Schema.Type.LONG);
    return switch (dice.below(13)) {
      case 0 -> LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
      case 1 -> LogicalTypes.timeMillis().addToSchema(Schema.create(Schema.Type.INT));
      case 2 -> LogicalTypes.timeMicros().addToSchema(number);
      case 3 -> LogicalTypes.timestampMillis().addToSchema(number);
      case 4 -> LogicalTypes.timestampMicros().addToSchema(number);
      case 5 -> LogicalTypes.timestampNanos().addToSchema(number);
      case 6 -> LogicalTypes.localTimestampMillis().addToSchema(number);
      case 7 -> LogicalTypes.localTimestampMicros().addToSchema(number);
      case 8 -> LogicalTypes.localTimestampNanos().addToSchema(number);
      case 9 -> LogicalTypes.uuid().addToSchema(Schema.create(Schema.Type.STRING));
      case 10 ->
          LogicalTypes.uuid().addToSchema(Schema.createFixed("F" + names++, null, "fuzz", 16));
      case 11 ->
          LogicalTypes.decimal(18, dice.below(9)).addToSchema(Schema.create(Schema.Type.BYTES));
      default ->
          LogicalTypes.decimal(9, 2)
              .addToSchema(Schema.createFixed("F" + names++, null, "fuzz", 4));
    };
  }

  private Schema union(int depth) {
    Schema nothing = Schema.create(Schema.Type.NULL);
    Schema value = any(depth - 1);
    while (value.getType() == Schema.Type.UNION || value.getType() == Schema.Type.NULL) {
      value = any(depth - 1);
    }
    return switch (dice.below(5)) {
      case 0 -> Schema.createUnion(value, nothing);
      case 3 -> Schema.createUnion(nothing, record(depth), Schema.create(Schema.Type.STRING));
      case 1 ->
          Schema.createUnion(
              nothing, Schema.create(Schema.Type.LONG), Schema.create(Schema.Type.STRING), named());
      case 2 ->
          Schema.createUnion(Schema.create(Schema.Type.INT), Schema.create(Schema.Type.BYTES));
      default -> Schema.createUnion(nothing, value);
    };
  }

  /** What wrote messages before: without some fields, with others, in another order. */
  Schema older(Schema schema) {
    List<Schema.Field> fields = new ArrayList<>();
    for (Schema.Field field : schema.getFields()) {
      if (!field.hasDefaultValue() || dice.coin()) {
        Schema type = narrower(field.schema());
        // A default belongs to whoever reads.
        fields.add(dice.below(fields.size() + 1), new Schema.Field(field.name(), type, null, null));
      }
    }
    if (dice.coin()) {
      fields.add(dice.below(fields.size() + 1), new Schema.Field("old", any(2), null, null));
    }
    Schema older = Schema.createRecord(schema.getName(), null, schema.getNamespace(), false);
    List<Schema.Field> own = new ArrayList<>();
    for (Schema.Field field : fields) {
      own.add(new Schema.Field(field.name(), replaced(field.schema(), schema, older), null, null));
    }
    older.setFields(own);
    return older;
  }

  @SuppressWarnings("ReferenceEquality") // A record that holds itself is meant, not one like it.
  private static Schema replaced(Schema schema, Schema from, Schema to) {
    if (schema == from) {
      return to;
    }
    return switch (schema.getType()) {
      case ARRAY -> Schema.createArray(replaced(schema.getElementType(), from, to));
      case MAP -> Schema.createMap(replaced(schema.getValueType(), from, to));
      case UNION ->
          Schema.createUnion(
              schema.getTypes().stream().map(branch -> replaced(branch, from, to)).toList());
      default -> schema;
    };
  }

  private Schema narrower(Schema schema) {
    if (schema.getLogicalType() != null || dice.coin()) {
      return schema;
    }
    return switch (schema.getType()) {
      case LONG -> Schema.create(Schema.Type.INT);
      case FLOAT -> Schema.create(dice.any(Schema.Type.INT, Schema.Type.LONG));
      case DOUBLE -> Schema.create(dice.any(Schema.Type.INT, Schema.Type.FLOAT));
      case STRING -> Schema.create(Schema.Type.BYTES);
      case BYTES -> Schema.create(Schema.Type.STRING);
      default -> schema;
    };
  }

  Place place(Schema root) {
    StringBuilder path = new StringBuilder();
    Schema schema = root;
    for (int i = 0; i < LONGEST_PATH; i++) {
      Schema inner = schema;
      if (inner.getType() == Schema.Type.UNION) {
        inner = dice.of(inner.getTypes());
      }
      boolean stop = !path.isEmpty() && dice.oneIn(4);
      if (stop || !isContainer(inner)) {
        break;
      }
      if (inner.getType() == Schema.Type.RECORD) {
        Schema.Field field = dice.of(inner.getFields());
        path.append(path.isEmpty() ? "" : "/").append(field.name());
        schema = field.schema();
      } else if (inner.getType() == Schema.Type.MAP) {
        path.append("/").append(dice.any("a", "b", "é"));
        schema = inner.getValueType();
      } else {
        path.append("[").append(dice.below(3)).append("]");
        schema = inner.getElementType();
      }
    }
    return new Place(path.toString(), types(schema));
  }

  private static boolean isContainer(Schema schema) {
    return switch (schema.getType()) {
      case RECORD, MAP, ARRAY -> true;
      default -> false;
    };
  }

  private static List<ColumnType> types(Schema schema) {
    List<ColumnType> types = new ArrayList<>(List.of(Plain.JSON, Plain.VARCHAR));
    if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      types.add(new ColumnType.Decimal(decimal.getPrecision() + 10, decimal.getScale()));
      return types;
    } else if (schema.getLogicalType() instanceof LogicalTypes.Uuid) {
      types.add(Plain.UUID);
      return types;
    } else if (schema.getLogicalType() != null) {
      String name = schema.getLogicalType().getName();
      types.add(
          name.startsWith("time-")
              ? new ColumnType.Time(3)
              : name.equals("date") ? Plain.DATE : new ColumnType.Timestamp(6));
      return types;
    }
    switch (schema.getType()) {
      case BOOLEAN -> types.add(Plain.BOOLEAN);
      case INT -> types.addAll(List.of(Plain.INTEGER, Plain.BIGINT, Plain.DOUBLE, Plain.REAL));
      case LONG -> types.addAll(List.of(Plain.BIGINT, Plain.DOUBLE, new ColumnType.Decimal(19, 0)));
      case FLOAT -> types.addAll(List.of(Plain.REAL, Plain.DOUBLE));
      case DOUBLE -> types.add(Plain.DOUBLE);
      case BYTES, FIXED -> types.add(Plain.VARBINARY);
      default -> {}
    }
    return types;
  }
}
