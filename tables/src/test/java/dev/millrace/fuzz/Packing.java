package dev.millrace.fuzz;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.table.Compression;
import dev.millrace.table.Envelope;
import dev.millrace.table.Envelope.JsonWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Puts messages into envelopes and notes whether what comes out is still whole. */
final class Packing {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Dice dice;
  private final UUID version;
  private boolean whole = true;

  Packing(Dice dice, UUID version) {
    this.dice = dice;
    this.version = version;
  }

  /** Whether the messages come out as they went in. */
  boolean isWhole() {
    return whole;
  }

  /** All that one envelope of each kind can hold of these. */
  List<byte[]> into(Envelope envelope, List<byte[]> messages) {
    List<byte[]> packed = new ArrayList<>();
    if (envelope.holdsOne()) {
      messages.forEach(message -> packed.add(one(envelope, message)));
    } else {
      packed.add(all(envelope, messages));
    }
    return packed;
  }

  private byte[] one(Envelope envelope, byte[] message) {
    if (envelope instanceof Envelope.Compressed compressed) {
      return compressed(compressed.compression(), message);
    } else if (envelope instanceof Envelope.Base64) {
      return base64(message);
    } else if (envelope instanceof Envelope.GlueHeader) {
      return glue(message);
    } else if (envelope instanceof Envelope.DynamoDbJson) {
      return typed(message);
    } else if (envelope instanceof JsonWrapper wrapper) {
      return wrapper.message().isEmpty() ? message : wrapped(wrapper.message().get(), message);
    }
    throw new AssertionError(envelope);
  }

  byte[] compressed(Compression compression, byte[] message) {
    if (compression == Compression.UNCOMPRESSED) {
      return message;
    } else if (compression == Compression.AUTOMATIC && dice.coin()) {
      // What begins like compressed data would be taken for it.
      whole &= message.length > 0 && (message[0] == '{' || message[0] == '[');
      return message;
    } else if (compression == Compression.ZLIB && dice.oneIn(40)) {
      whole = false;
      return Compressors.withDictionary(message);
    }
    return Compressors.compress(compression, message, dice);
  }

  private byte[] base64(byte[] message) {
    Base64.Encoder encoder = dice.coin() ? Base64.getEncoder() : Base64.getUrlEncoder();
    byte[] text = (dice.coin() ? encoder : encoder.withoutPadding()).encode(message);
    return dice.oneIn(5) ? Mutations.join(utf8(" \n"), text, utf8("\r\n")) : text;
  }

  private byte[] glue(byte[] message) {
    boolean zlib = dice.oneIn(3);
    byte[] header =
        ByteBuffer.allocate(18)
            .put((byte) 3)
            .put((byte) (zlib ? 5 : 0))
            .putLong(version.getMostSignificantBits())
            .putLong(version.getLeastSignificantBits())
            .array();
    return Mutations.join(header, zlib ? Compressors.many(Compression.ZLIB, message, 1) : message);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A JSON string, byte by byte: what is no text stays what it is. */
  private byte[] string(byte[] message) {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    json.write('"');
    for (byte b : message) {
      if (b == '"' || b == '\\') {
        json.write('\\');
        json.write(b);
      } else if ((b >= 0 && b < ' ') || (b > 0 && dice.oneIn(200))) {
        json.writeBytes(utf8(b < 16 ? "\\u000" : "\\u00"));
        json.writeBytes(utf8(Integer.toHexString(b)));
      } else {
        json.write(b);
      }
    }
    json.write('"');
    return json.toByteArray();
  }

  private byte[] value(byte[] message) {
    if (dice.oneIn(60)) {
      whole = false;
      return utf8("null");
    }
    boolean json = message.length > 1 && (message[0] == '{' || message[0] == '[');
    return json && dice.coin() && isJson(message) ? message : string(message);
  }

  private static boolean isJson(byte[] message) {
    try {
      return Values.MAPPER
          .reader()
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .readTree(message)
          .isContainerNode();
    } catch (IOException e) {
      return false;
    }
  }

  private byte[] wrapped(String path, byte[] message) {
    byte[] value = value(message);
    return switch (path) {
      case "msg" -> Mutations.join(utf8("{\"id\":17,\"owner\":\"é\",\"msg\":"), value, utf8("}"));
      case "detail/msg" ->
          Mutations.join(
              utf8("{\"detail\":{\"x\":[],\"msg\":"), value, utf8("},\"id\":17,\"owner\":\"o\"}"));
      case "a[1]" ->
          Mutations.join(
              utf8("{\"id\":17,\"a\":[{\"msg\":1}, "), value, utf8("],\"owner\":\"o\"}"));
      case "[1]" -> Mutations.join(utf8("[{\"msg\":1}, "), value, utf8("]"));
      default -> throw new AssertionError(path);
    };
  }

  private byte[] all(Envelope envelope, List<byte[]> messages) {
    if (envelope instanceof Envelope.CloudWatchLogs) {
      return cloudWatch(messages);
    } else if (envelope instanceof Envelope.JsonLines) {
      return joined(messages, dice.any("\n", "\r\n", " ", ""));
    } else if (envelope instanceof Envelope.Lines) {
      for (byte[] message : messages) {
        for (byte b : message) {
          whole &= b != '\n' && b != '\r';
        }
      }
      return joined(messages, dice.any("\n", "\r\n", "\n\n"));
    } else if (envelope instanceof JsonWrapper wrapper) {
      return rows(wrapper, messages);
    }
    throw new AssertionError(envelope);
  }

  private byte[] joined(List<byte[]> messages, String between) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] message : messages) {
      all.writeBytes(all.size() == 0 ? new byte[0] : utf8(between));
      all.writeBytes(message);
    }
    return all.toByteArray();
  }

  private byte[] list(List<byte[]> messages, UnaryOperator<byte[]> element) {
    List<byte[]> parts = new ArrayList<>();
    parts.add(utf8("["));
    for (byte[] message : messages) {
      parts.add(utf8(parts.size() == 1 ? "" : ","));
      parts.add(element.apply(message));
    }
    parts.add(utf8("]"));
    return Mutations.join(parts.toArray(byte[][]::new));
  }

  private byte[] cloudWatch(List<byte[]> messages) {
    String type = dice.oneIn(12) ? "CONTROL_MESSAGE" : "DATA_MESSAGE";
    return Mutations.join(
        utf8("{\"messageType\":\""),
        utf8(type),
        utf8("\",\"owner\":\"1234\",\"id\":17,\"logGroup\":\"g\",\"logEvents\":"),
        list(
            messages,
            message ->
                Mutations.join(
                    utf8("{\"id\":\"3\",\"timestamp\":1510109208016,\"message\":"),
                    string(message),
                    utf8("}"))),
        utf8("}"));
  }

  private byte[] rows(JsonWrapper wrapper, List<byte[]> messages) {
    String message = wrapper.message().orElse("");
    String rows = wrapper.rows().orElseThrow();
    if (dice.oneIn(60)) {
      whole = false;
      return utf8("{\"" + rows + "\":" + dice.any("null", "7", "{}") + "}");
    }
    byte[] head = utf8("{\"id\":17,\"owner\":\"o\",\"" + rows + "\":");
    byte[] array =
        switch (message) {
          case "rows/msg" ->
              list(messages, m -> Mutations.join(utf8("{\"n\":1,\"msg\":"), value(m), utf8("}")));
          case "msg" -> utf8("[1,2,{\"x\":[null]}]");
          case "rows" -> list(messages, this::value);
          default -> {
            // Each row is the whole document, which columns know nothing of.
            whole = false;
            yield dice.oneIn(6) ? value(messages.get(0)) : list(messages, this::value);
          }
        };
    byte[] tail =
        message.equals("msg")
            ? Mutations.join(utf8(",\"msg\":"), value(messages.get(0)), utf8("}"))
            : utf8("}");
    return Mutations.join(head, array, tail);
  }

  private byte[] typed(byte[] message) {
    JsonNode plain;
    try {
      plain =
          Values.MAPPER
              .reader()
              .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
              .readTree(message);
    } catch (IOException | NumberFormatException e) {
      return message;
    }
    if (!(plain instanceof ObjectNode object) || object.isEmpty()) {
      return message;
    }
    ObjectNode item = NODES.objectNode();
    object.properties().forEach(member -> item.set(member.getKey(), typed(member.getValue())));
    if (dice.oneIn(4)) {
      whole = false;
      ObjectNode record = NODES.objectNode().put("eventName", "INSERT");
      record.putObject("dynamodb").set(dice.any("Keys", "NewImage", "OldImage"), item);
      return utf8(Values.write(record));
    }
    return utf8(Values.write(item));
  }

  private ObjectNode typed(JsonNode value) {
    ObjectNode typed = NODES.objectNode();
    if (value.isTextual()) {
      return typed.put(dice.any("S", "S", "B"), value.textValue());
    } else if (value.isNumber()) {
      return typed.put("N", value.asText());
    } else if (value.isBoolean()) {
      return typed.put("BOOL", value.booleanValue());
    } else if (value.isObject()) {
      ObjectNode map = typed.putObject("M");
      value.properties().forEach(member -> map.set(member.getKey(), typed(member.getValue())));
      return typed;
    } else if (value.isArray()) {
      return elements(typed, (ArrayNode) value);
    }
    return typed.put("NULL", true);
  }

  private ObjectNode elements(ObjectNode typed, ArrayNode value) {
    boolean texts = !value.isEmpty();
    boolean numbers = texts;
    for (JsonNode element : value) {
      texts &= element.isTextual();
      numbers &= element.isNumber();
    }
    ArrayNode list = typed.putArray(texts ? "SS" : numbers ? "NS" : "L");
    for (JsonNode element : value) {
      list.add(texts ? element : numbers ? NODES.textNode(element.asText()) : typed(element));
    }
    return typed;
  }
}
