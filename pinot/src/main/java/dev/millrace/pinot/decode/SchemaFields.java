package dev.millrace.pinot.decode;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.pinot.spi.data.FieldSpec;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.apache.pinot.spi.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The columns of Pinot's schema, and what its transforms are made of, as a definition's fields.
 *
 * @param fields by name
 */
record SchemaFields(List<Field> fields) {

  /** The type is null where the schema does not have the field: a transform reads it. */
  private record Field(String name, @Nullable DataType type, boolean several) {}

  static SchemaFields none() {
    return new SchemaFields(List.of());
  }

  /**
   * @param wanted the fields that Pinot asks for; none means all of the schema
   */
  static SchemaFields of(Schema schema, Set<String> wanted) {
    Set<String> names = new TreeSet<>(wanted.isEmpty() ? schema.getColumnNames() : wanted);
    List<Field> fields = new ArrayList<>();
    for (String name : names) {
      FieldSpec spec = schema.getFieldSpecFor(name);
      if (spec == null) {
        fields.add(new Field(name, null, false));
      } else if (!spec.isVirtualColumn()) {
        fields.add(new Field(name, spec.getDataType(), !spec.isSingleValueField()));
      }
    }
    return new SchemaFields(List.copyOf(fields));
  }

  /**
   * @param isText whether messages hold text, in which bytes are hexadecimal and times are written
   */
  ArrayNode toDefinition(boolean isText) {
    ArrayNode written = JsonNodeFactory.instance.arrayNode();
    for (Field field : fields) {
      ObjectNode object = written.addObject();
      String type = type(field.type(), isText);
      object.put("name", field.name());
      object.put("type", field.several() ? "ARRAY(" + type + ")" : type);
      if (isText && field.type() == DataType.TIMESTAMP) {
        object.put("dataFormat", "milliseconds-or-iso8601");
      }
    }
    return written;
  }

  private static String type(@Nullable DataType type, boolean isText) {
    if (type == null) {
      return "VARCHAR";
    }
    return switch (type) {
      case INT -> "INTEGER";
      case LONG -> "BIGINT";
      case FLOAT -> "REAL";
      case DOUBLE -> "DOUBLE";
      case BIG_DECIMAL -> "DECIMAL(38,10)";
      case BOOLEAN -> "BOOLEAN";
      case TIMESTAMP -> "TIMESTAMP(3)";
      case BYTES -> isText ? "VARCHAR" : "VARBINARY";
      case JSON, MAP, STRUCT, LIST -> "JSON";
      default -> "VARCHAR";
    };
  }
}
