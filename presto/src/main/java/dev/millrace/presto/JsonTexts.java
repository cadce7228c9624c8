package dev.millrace.presto;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.millrace.connector.page.ColumnVector.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Values of Presto's JSON type. Presto compares them as texts, so each is written as {@code
 * json_parse} writes it: without spaces, names in order, the last of equal names. A number keeps
 * its digits where a double cannot hold them.
 */
final class JsonTexts {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonTexts() {}

  static Bytes canonical(Bytes vector, int rows) {
    boolean[] nulls = vector.nulls();
    int[] from = vector.offsets();
    int[] offsets = new int[rows + 1];
    ByteArrayOutputStream texts = new ByteArrayOutputStream(from[rows]);
    for (int i = 0; i < rows; i++) {
      if (nulls == null || !nulls[i]) {
        texts.writeBytes(canonical(Arrays.copyOfRange(vector.bytes(), from[i], from[i + 1])));
      }
      offsets[i + 1] = texts.size();
    }
    return new Bytes(nulls, offsets, texts.toByteArray());
  }

  /** What is no JSON stays as it is: it is for the engine's functions to refuse. */
  static byte[] canonical(byte[] text) {
    try (JsonParser parser = JSON.createParser(text)) {
      return parser.nextToken() == null ? text : value(parser).getBytes(StandardCharsets.UTF_8);
    } catch (JacksonException notJson) {
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String value(JsonParser parser) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(text)) {
      JsonToken token = parser.currentToken();
      switch (token) {
        case START_OBJECT -> object(parser, generator);
        case START_ARRAY -> array(parser, generator);
        case VALUE_NUMBER_FLOAT -> number(parser, generator);
        default -> generator.copyCurrentEvent(parser);
      }
    }
    return text.toString();
  }

  private static void object(JsonParser parser, JsonGenerator generator) throws IOException {
    Map<String, String> members = new TreeMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      members.put(name, value(parser));
    }
    generator.writeStartObject();
    for (Map.Entry<String, String> member : members.entrySet()) {
      generator.writeFieldName(member.getKey());
      generator.writeRawValue(member.getValue());
    }
    generator.writeEndObject();
  }

  private static void array(JsonParser parser, JsonGenerator generator) throws IOException {
    generator.writeStartArray();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      generator.writeRawValue(value(parser));
    }
    generator.writeEndArray();
  }

  private static void number(JsonParser parser, JsonGenerator generator) throws IOException {
    double nearest = parser.getDoubleValue();
    if (Double.isFinite(nearest)
        && new BigDecimal(Double.toString(nearest)).compareTo(parser.getDecimalValue()) == 0) {
      generator.writeNumber(nearest);
    } else {
      generator.writeNumber(parser.getText());
    }
  }
}
