package dev.millrace.table.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.table.DescriptorSet;
import dev.millrace.table.Envelope;
import dev.millrace.table.MessageFormat;
import dev.millrace.table.MessageFormat.AvroEncoding;
import dev.millrace.table.MessageFormat.Csv;
import dev.millrace.table.json.DefinitionKey.Level;
import dev.millrace.table.mapping.FormatChecks;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a message's format with its options. */
final class OptionsReader {
  static final String MESSAGE_TYPE_SHAPE = "[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*";
  static final String INLINE = "base64:";

  private static final Pattern MESSAGE_TYPE = Pattern.compile(MESSAGE_TYPE_SHAPE);
  private static final Map<String, Level> LEVELS = new LinkedHashMap<>();
  private static final Map<String, AvroEncoding> ENCODINGS = new LinkedHashMap<>();

  static {
    LEVELS.put("csv", Level.CSV);
    LEVELS.put("avro", Level.AVRO);
    LEVELS.put("protobuf", Level.PROTOBUF);
    for (AvroEncoding encoding : AvroEncoding.values()) {
      ENCODINGS.put(write(encoding), encoding);
    }
  }

  private final DefinitionObject options;
  private final SiblingFiles siblings;

  private OptionsReader(DefinitionObject options, SiblingFiles siblings) {
    this.options = options;
    this.siblings = siblings;
  }

  /** The format named, with its options; none where an error was noted that leaves it open. */
  static Optional<MessageFormat> read(
      DefinitionObject message, String format, SiblingFiles siblings, List<Envelope> envelopes) {
    Optional<DefinitionObject> written = message.object(DefinitionKey.OPTIONS);
    if (written.isEmpty() && message.node().hasNonNull(DefinitionKey.OPTIONS.key)) {
      return Optional.empty();
    }
    DefinitionObject options =
        written
            .or(
                () ->
                    message.objectAt(
                        DefinitionKey.OPTIONS.key, JsonNodeFactory.instance.objectNode()))
            .orElseThrow();
    checkKeys(options, format);
    Optional<MessageFormat> read = new OptionsReader(options, siblings).format(format, envelopes);
    read.map(FormatChecks::faults)
        .orElse(List.of())
        .forEach(fault -> options.error(fault.key(), fault.detail()));
    return read;
  }

  static String write(AvroEncoding encoding) {
    return encoding.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The level of a format's options; none where it has no options. */
  static Optional<Level> level(String format) {
    return Optional.ofNullable(LEVELS.get(format));
  }

  private static void checkKeys(DefinitionObject options, String format) {
    List<String> known = level(format).map(DefinitionKey::names).orElse(List.of());
    for (String key : (Iterable<String>) options.node()::fieldNames) {
      if (known.contains(key)) {
        continue;
      }
      Optional<String> owner = owner(key);
      if (owner.isPresent()) {
        options.error(
            key,
            "this is an option of %s, but dataFormat is %s, which takes %s"
                .formatted(
                    owner.get(),
                    format,
                    known.isEmpty() ? "no options" : String.join(", ", known)));
      } else {
        options.warnUnknownKey(key, known);
      }
    }
  }

  private static Optional<String> owner(String key) {
    return LEVELS.entrySet().stream()
        .filter(format -> DefinitionKey.names(format.getValue()).contains(key))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private Optional<MessageFormat> format(String format, List<Envelope> envelopes) {
    return switch (format) {
      case "json" -> Optional.of(new MessageFormat.Json());
      case "csv" -> Optional.of(csv());
      case "raw" -> Optional.of(new MessageFormat.Raw());
      case "avro" -> avro(envelopes);
      case "protobuf" -> protobuf();
      case "text" -> Optional.of(new MessageFormat.Text());
      default -> Optional.of(new MessageFormat.Dummy());
    };
  }

  private MessageFormat csv() {
    return new Csv(
        CsvCharacters.delimiter(options),
        CsvCharacters.optional(options, DefinitionKey.CSV_QUOTE, Csv.DEFAULT.quote()),
        CsvCharacters.optional(options, DefinitionKey.CSV_ESCAPE, Csv.DEFAULT.escape()),
        options.text(DefinitionKey.CSV_NULL),
        options.flag(DefinitionKey.CSV_URL_ENCODED));
  }

  private Optional<MessageFormat> avro(List<Envelope> envelopes) {
    AvroEncoding encoding =
        options
            .word(DefinitionKey.AVRO_ENCODING, "an encoding of Avro", ENCODINGS)
            .orElse(AvroEncoding.BINARY);
    Optional<JsonNode> written = options.find(DefinitionKey.AVRO_SCHEMA);
    if (written.isPresent()) {
      return schema(written.get()).map(s -> new MessageFormat.Avro(Optional.of(s), encoding));
    }
    if (envelopes.stream().noneMatch(Envelope.GlueHeader.class::isInstance)) {
      options.error(
          DefinitionKey.AVRO_SCHEMA.key,
          "Avro messages are read by their schema. Write a file's name ending in .avsc or the"
              + " schema as an object, or the envelope glue where messages name it");
    }
    return Optional.of(new MessageFormat.Avro(Optional.empty(), encoding));
  }

  private Optional<String> schema(JsonNode written) {
    if (written.isContainerNode()) {
      return Optional.of(written.toString());
    }
    String name = written.asText();
    if (!written.isTextual() || !name.toLowerCase(Locale.ROOT).endsWith(".avsc")) {
      options.error(
          DefinitionKey.AVRO_SCHEMA.key,
          DefinitionObject.written(written)
              + " is not a file's name ending in .avsc, nor a schema as an object");
      return Optional.empty();
    }
    return file(DefinitionKey.AVRO_SCHEMA, name).flatMap(bytes -> schemaText(name, bytes));
  }

  /** The JSON without its white space, so that the same schema is the same definition. */
  private Optional<String> schemaText(String name, byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    try {
      return Optional.of(DefinitionJson.MAPPER.readTree(text).toString());
    } catch (JsonProcessingException e) {
      options.error(
          DefinitionKey.AVRO_SCHEMA.key,
          "in the file '" + name + "' " + DefinitionJson.describe(e));
      return Optional.empty();
    }
  }

  private Optional<MessageFormat> protobuf() {
    Optional<DescriptorSet> descriptors =
        options.text(DefinitionKey.PROTOBUF_DESCRIPTOR_SET).flatMap(this::descriptors);
    Optional<String> type =
        options.text(
            DefinitionKey.PROTOBUF_MESSAGE_TYPE,
            MESSAGE_TYPE,
            "a message's full name, such as shop.Order");
    return descriptors.isEmpty() || type.isEmpty()
        ? Optional.empty()
        : Optional.of(new MessageFormat.Protobuf(descriptors.get(), type.get()));
  }

  private Optional<DescriptorSet> descriptors(String text) {
    if (!text.startsWith(INLINE)) {
      return file(DefinitionKey.PROTOBUF_DESCRIPTOR_SET, text).map(DescriptorSet::new);
    }
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(text.substring(INLINE.length()));
      return Optional.of(new DescriptorSet(bytes));
    } catch (IllegalArgumentException e) {
      options.error(
          DefinitionKey.PROTOBUF_DESCRIPTOR_SET.key,
          "what stands after " + INLINE + " is not Base64: " + e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<byte[]> file(DefinitionKey key, String name) {
    try {
      return Optional.of(siblings.read(name));
    } catch (MillraceException e) {
      if (e.code() != ErrorCode.DEFINITION) {
        throw e;
      }
      options.error(key.key, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }
}
