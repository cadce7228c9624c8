package dev.millrace.emulator.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fields of a request. A field of the wrong type is a SerializationException. */
public final class Fields {
  private final WireFormat format;
  private final Map<String, Object> values;
  private final @Nullable PutBatch records;

  private Fields(WireFormat format, Map<String, Object> values, @Nullable PutBatch records) {
    this.format = format;
    this.values = values;
    this.records = records;
  }

  /** The fields of a request made within this JVM. */
  public static Fields of(Map<String, Object> values) {
    return new Fields(WireFormat.CBOR, values, null);
  }

  public static Fields read(WireFormat format, byte[] body) {
    if (body.length == 0) {
      return new Fields(format, Map.of(), null);
    }
    try (JsonParser parser = format.parser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw ServiceException.serialization("The request is not a structure.");
      }
      Map<String, Object> values = new LinkedHashMap<>();
      PutBatch records = null;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken token = parser.nextToken();
        if (name.equals("Records") && token != JsonToken.VALUE_NULL) {
          records = PutBatch.read(parser);
        } else {
          putIfPresent(values, name, value(parser));
        }
      }
      return new Fields(format, values, records);
    } catch (IOException e) {
      throw ServiceException.serialization("The request cannot be read as " + format + ".");
    }
  }

  private static void putIfPresent(
      Map<String, Object> values, String name, @Nullable Object value) {
    if (value != null) {
      values.put(name, value);
    }
  }

  private static @Nullable Object value(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw ServiceException.serialization("The request ends too early.");
    }
    return switch (token) {
      case VALUE_NULL -> null;
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_EMBEDDED_OBJECT -> parser.getBinaryValue();
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      default -> throw ServiceException.serialization("The request is malformed at " + token + ".");
    };
  }

  private static Map<String, Object> object(JsonParser parser) throws IOException {
    Map<String, Object> values = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      putIfPresent(values, name, value(parser));
    }
    return values;
  }

  private static List<Object> array(JsonParser parser) throws IOException {
    List<Object> values = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      Object value = value(parser);
      if (value != null) {
        values.add(value);
      }
    }
    return values;
  }

  public boolean has(String name) {
    return values.containsKey(name);
  }

  public @Nullable String text(String name) {
    Object value = values.get(name);
    if (value == null || value instanceof String) {
      return (String) value;
    }
    throw wrongType(name, "a string");
  }

  public @Nullable Integer integer(String name) {
    Object value = values.get(name);
    if (value == null || value instanceof Integer) {
      return (Integer) value;
    }
    if (value instanceof Long number && number == number.intValue()) {
      return number.intValue();
    }
    throw wrongType(name, "an integer");
  }

  /** Whether a flag is raised; an absent one is not. */
  public boolean isTrue(String name) {
    Object value = values.get(name);
    if (value == null || value instanceof Boolean) {
      return Boolean.TRUE.equals(value);
    }
    throw wrongType(name, "a boolean");
  }

  public @Nullable Instant instant(String name) {
    Object value = values.get(name);
    if (value == null) {
      return null;
    }
    if (value instanceof Number number) {
      return format.instant(number);
    }
    throw wrongType(name, "a timestamp");
  }

  public byte @Nullable [] blob(String name) {
    Object value = values.get(name);
    if (value == null) {
      return null;
    }
    if (value instanceof byte[] bytes) {
      return bytes;
    }
    if (value instanceof String text) {
      try {
        return Base64.getDecoder().decode(text);
      } catch (IllegalArgumentException e) {
        throw ServiceException.serialization(name + " is not base64.");
      }
    }
    throw wrongType(name, "a blob");
  }

  /** The fields of a structure within the request. */
  public Optional<Fields> structure(String name) {
    Object value = values.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> inner = new LinkedHashMap<>();
      map.forEach((key, item) -> inner.put((String) key, item));
      return Optional.of(new Fields(format, inner, null));
    }
    throw wrongType(name, "a structure");
  }

  /** The list named Records, which only PutRecords has. */
  public Optional<PutBatch> records() {
    return Optional.ofNullable(records);
  }

  private static ServiceException wrongType(String name, String wanted) {
    return ServiceException.serialization(name + " must be " + wanted + ".");
  }
}
