package dev.millrace.connector.plan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Named texts and lists of texts as one flat JSON object, written and read as a stream of tokens.
 */
final class Texts {
  private static final JsonFactory JSON = new JsonFactory();

  private final Map<String, List<String>> lists = new LinkedHashMap<>();

  void put(String name, Object value) {
    lists.put(name, List.of(value.toString()));
  }

  void put(String name, Optional<?> value) {
    value.ifPresent(present -> put(name, present));
  }

  void putAll(String name, Collection<String> values) {
    lists.put(name, List.copyOf(values));
  }

  boolean has(String name) {
    return lists.containsKey(name);
  }

  /**
   * @throws IllegalArgumentException where it is not there
   */
  String text(String name) {
    return find(name).orElseThrow(() -> new IllegalArgumentException("There is no " + name));
  }

  Optional<String> find(String name) {
    return list(name).flatMap(values -> values.stream().findFirst());
  }

  Optional<List<String>> list(String name) {
    return Optional.ofNullable(lists.get(name));
  }

  String write() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      for (Map.Entry<String, List<String>> entry : lists.entrySet()) {
        json.writeFieldName(entry.getKey());
        write(json, entry.getValue());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("text in memory cannot fail to be written", e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, List<String> values) throws IOException {
    if (values.size() == 1) {
      json.writeString(values.get(0));
      return;
    }
    json.writeStartArray();
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  /**
   * @throws IllegalArgumentException for what {@link #write} did not write
   */
  static Texts read(String text) {
    Texts texts = new Texts();
    try (JsonParser json = JSON.createParser(text)) {
      expect(json, JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        texts.lists.put(name, values(json));
      }
      return texts;
    } catch (IOException e) {
      // The parser's own message would quote the text.
      throw new IllegalArgumentException("Not the text of a scan", e);
    }
  }

  private static List<String> values(JsonParser json) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      return List.of(json.getText());
    }
    List<String> values = new ArrayList<>();
    while (json.nextToken() == JsonToken.VALUE_STRING) {
      values.add(json.getText());
    }
    return values;
  }

  private static void expect(JsonParser json, JsonToken token) throws IOException {
    if (json.nextToken() != token) {
      throw new IllegalArgumentException("Not the text of a scan");
    }
  }
}
