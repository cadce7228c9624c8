package dev.millrace.cli.output;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as text without quotes. Times are ISO-8601 in UTC with a Z; bytes are base64. */
final class Texts {
  private Texts() {}

  /** NULL is the empty text. */
  static String of(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof OffsetDateTime time) {
      return time.toInstant().toString();
    }
    if (value instanceof LocalDateTime time) {
      return time.toInstant(ZoneOffset.UTC).toString();
    }
    if (value instanceof LocalTime time) {
      String text = time.toString();
      // It leaves out seconds that are 0.
      return text.length() == "00:00".length() ? text + ":00" : text;
    }
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    if (value instanceof byte[] bytes) {
      return Base64.getEncoder().encodeToString(bytes);
    }
    if (value instanceof List || value instanceof Map) {
      return json(value);
    }
    return value.toString();
  }

  private static String json(Object value) {
    try {
      return JsonWriter.text(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
