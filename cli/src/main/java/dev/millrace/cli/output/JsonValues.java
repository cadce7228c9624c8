package dev.millrace.cli.output;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values as JSON: numbers as numbers, however long; times as ISO-8601; bytes as base64; what JSON
 * has no number for ({@code NaN}, infinities) as a string.
 */
final class JsonValues {
  private JsonValues() {}

  static void write(JsonGenerator json, @Nullable Object value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof Boolean b) {
      json.writeBoolean(b);
    } else if (value instanceof Number number) {
      writeNumber(json, number);
    } else if (value instanceof JsonText text) {
      EmbeddedJson.write(json, text.json());
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object element : list) {
        write(json, element);
      }
      json.writeEndArray();
    } else if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        json.writeFieldName(Texts.of(entry.getKey()));
        write(json, entry.getValue());
      }
      json.writeEndObject();
    } else {
      json.writeString(Texts.of(value));
    }
  }

  private static void writeNumber(JsonGenerator json, Number number) throws IOException {
    if (number instanceof BigDecimal decimal) {
      json.writeNumber(decimal.toPlainString());
    } else if (number instanceof BigInteger integer) {
      json.writeNumber(integer);
    } else if (number instanceof Float f) {
      if (Float.isFinite(f)) {
        json.writeNumber(f);
      } else {
        json.writeString(f.toString());
      }
    } else if (number instanceof Double d) {
      if (Double.isFinite(d)) {
        json.writeNumber(d);
      } else {
        json.writeString(d.toString());
      }
    } else {
      json.writeNumber(number.longValue());
    }
  }
}
