package dev.millrace.table.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** The JSON of definition files. */
final class DefinitionJson {
  static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final String TOKEN = "token '([^']{0,8})[^']*'";

  private DefinitionJson() {}

  /** Where it is broken and why. */
  static String describe(JsonProcessingException e) {
    JsonLocation place = e.getLocation();
    return "the JSON is broken at line %d, column %d: %s"
        .formatted(place.getLineNr(), place.getColumnNr(), reason(e));
  }

  /** A word without quotes may be a secret: its beginning is enough to find it. */
  private static String reason(JsonProcessingException e) {
    return e.getOriginalMessage()
        .lines()
        .findFirst()
        .map(line -> line.replaceAll(TOKEN, "word '$1…'"))
        .orElse("it is not JSON");
  }
}
