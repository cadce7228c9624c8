package dev.millrace.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How values are written, whichever home they come from. NULL is {@code NULL}; text is as it is, a
 * line break in it {@code \n} and another control character {@code \}{@code u0001}; a decimal has
 * all its digits and no exponent; a time is ISO-8601, in UTC and with a Z where it has a date; bytes
 * are base64; JSON, arrays, maps and rows are JSON without blanks, members in the order of their
 * names, and JSON that is a text is that text. Nothing is rounded or cut.
 */
final class AnswerText {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();

  private AnswerText() {}

  static String row(List<String> values) {
    return String.join(" | ", values);
  }

  /** Of null, a boolean, number, text, bytes, time, list or map. */
  static String of(@Nullable Object value) {
    if (value == null) {
      return "NULL";
    }
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    if (value instanceof byte[] bytes) {
      return Base64.getEncoder().encodeToString(bytes);
    }
    if (value instanceof LocalTime time) {
      String text = time.toString();
      // It leaves out seconds that are 0.
      return text.length() == "00:00".length() ? text + ":00" : text;
    }
    if (value instanceof List || value instanceof Map) {
      return escape(write(value));
    }
    if (value instanceof String || isWrittenAsItIs(value)) {
      return escape(value.toString());
    }
    throw new IllegalArgumentException("No text is agreed on for a " + value.getClass());
  }

  private static boolean isWrittenAsItIs(Object value) {
    return value instanceof Boolean
        || value instanceof Number
        || value instanceof Instant
        || value instanceof java.time.LocalDate
        || value instanceof java.util.UUID;
  }

  /** Of JSON text. */
  static String ofJson(String json) {
    try {
      Object value = JSON.readValue(json, Object.class);
      return escape(value instanceof String text ? text : write(value));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Not JSON: " + json, e);
    }
  }

  private static String write(@Nullable Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static String escape(String text) {
    return text.codePoints()
        .mapToObj(AnswerText::escape)
        .collect(Collectors.joining());
  }

  private static String escape(int character) {
    if (character == '\n') {
      return "\\n";
    }
    return Character.isISOControl(character)
        ? String.format("\\u%04x", character)
        : Character.toString(character);
  }
}
