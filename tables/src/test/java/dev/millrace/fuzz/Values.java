package dev.millrace.fuzz;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.millrace.table.ColumnType;
import dev.millrace.table.ColumnType.Plain;
import dev.millrace.table.mapping.TimeFormat;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.UUID;

/** Values that fit a type, as text and as JSON. */
final class Values {
  /** Types around each value make JSON twice as deep as what Jackson reads. */
  static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              .streamWriteConstraints(
                  StreamWriteConstraints.builder()
                      .maxNestingDepth(3 * StreamReadConstraints.DEFAULT_MAX_DEPTH)
                      .build())
              .build());

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Dice dice;
  private final Times times;

  /**
   * @param times how dates and times are written
   */
  Values(Dice dice, Times times) {
    this.dice = dice;
    this.times = times;
  }

  /** A scalar's text, without quotes; of a nested type its JSON. */
  String text(ColumnType type) {
    if (type.isNested() || type == Plain.JSON) {
      return write(json(type));
    } else if (TimeFormat.isTemporal(type)) {
      return times.write(dice);
    } else if (type instanceof ColumnType.BoundedVarchar bounded) {
      return dice.text(bounded.length());
    } else if (type instanceof ColumnType.Decimal decimal) {
      return decimal(decimal);
    } else if (type instanceof Plain plain) {
      return plain(plain);
    }
    throw new AssertionError(type);
  }

  private String plain(Plain type) {
    return switch (type) {
      case BOOLEAN -> dice.any("true", "false", "TRUE", "False");
      case TINYINT -> Long.toString(dice.whole(8));
      case SMALLINT -> Long.toString(dice.whole(16));
      case INTEGER -> Long.toString(dice.whole(32));
      case BIGINT -> Long.toString(dice.whole(64)) + (dice.oneIn(8) ? ".0" : "");
      case REAL, DOUBLE ->
          dice.any(
              "0",
              "-0.0",
              "1.5",
              "1e3",
              "-2E-4",
              "3.4028234E38",
              "7e-30",
              "NaN",
              "Infinity",
              "-Infinity",
              "0e7",
              "0.0000000000000000000000");
      case VARCHAR -> dice.text(100);
      case VARBINARY -> Base64.getEncoder().encodeToString(dice.bytes(dice.below(20)));
      case UUID -> new UUID(dice.bits(), dice.bits()).toString();
      case DATE, JSON -> throw new AssertionError(type);
    };
  }

  private String decimal(ColumnType.Decimal type) {
    int digits = 1 + dice.below(type.precision());
    BigInteger unscaled = new BigInteger(digits * 3, new java.util.Random(dice.bits()));
    BigDecimal value = new BigDecimal(dice.coin() ? unscaled : unscaled.negate(), type.scale());
    return dice.coin() ? value.toString() : value.toPlainString();
  }

  static String write(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** JSON with escapes for all that is not ASCII. */
  static String writeAscii(JsonNode node) {
    try {
      return MAPPER
          .writer()
          .with(JsonWriteFeature.ESCAPE_NON_ASCII.mappedFeature())
          .writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode json(ColumnType type) {
    if (dice.oneIn(20)) {
      return NODES.nullNode();
    } else if (type instanceof ColumnType.Array array) {
      ArrayNode node = NODES.arrayNode();
      for (int i = dice.below(4); i > 0; i--) {
        node.add(json(array.element()));
      }
      return node;
    } else if (type instanceof ColumnType.Map map) {
      ObjectNode node = NODES.objectNode();
      for (int i = dice.below(4); i > 0; i--) {
        node.set(text(map.key()), json(map.value()));
      }
      return node;
    } else if (type instanceof ColumnType.Row row) {
      ObjectNode node = NODES.objectNode();
      for (ColumnType.Field field : row.fields()) {
        if (!dice.oneIn(6)) {
          node.set(field.name(), json(field.type()));
        }
      }
      return dice.oneIn(4) ? node.put("other", 1) : node;
    } else if (type == Plain.JSON) {
      return document(3);
    }
    return scalar(type);
  }

  private JsonNode scalar(ColumnType type) {
    String text = text(type);
    boolean bare =
        TimeFormat.isTemporal(type)
            ? times.isNumber()
            : type instanceof ColumnType.Decimal || (type instanceof Plain plain && isBare(plain));
    boolean right = !text.equals("NaN") && text.equals(text.toLowerCase(java.util.Locale.ROOT));
    return bare && right && !dice.oneIn(4)
        ? NODES.rawValueNode(new RawValue(text))
        : NODES.textNode(text);
  }

  private static boolean isBare(Plain type) {
    return switch (type) {
      case BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE -> true;
      default -> false;
    };
  }

  /** Any JSON. */
  JsonNode document(int depth) {
    return switch (dice.below(depth > 0 ? 7 : 5)) {
      case 0 -> NODES.booleanNode(dice.coin());
      case 1 -> NODES.nullNode();
      case 2 -> NODES.numberNode(dice.whole(64));
      case 3 -> NODES.rawValueNode(new RawValue(dice.any("1.25e+10", "-0", "0.001", "1E-7")));
      case 4 -> NODES.textNode(dice.text(60));
      case 5 -> {
        ArrayNode array = NODES.arrayNode();
        for (int i = dice.below(4); i > 0; i--) {
          array.add(document(depth - 1));
        }
        yield array;
      }
      default -> {
        ObjectNode object = NODES.objectNode();
        for (int i = dice.below(4); i > 0; i--) {
          object.set(
              dice.any("S", "N", "M", "L", "a", "b", "é") + dice.below(2), document(depth - 1));
        }
        yield object;
      }
    };
  }
}
