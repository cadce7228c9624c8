package dev.millrace.table.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.table.Column;
import dev.millrace.table.Column.Origin;
import dev.millrace.table.Compression;
import dev.millrace.table.Envelope;
import dev.millrace.table.Envelope.JsonWrapper;
import dev.millrace.table.MessageDefinition;
import dev.millrace.table.MessageFormat;
import dev.millrace.table.MessageFormat.Avro;
import dev.millrace.table.MessageFormat.AvroEncoding;
import dev.millrace.table.MessageFormat.Csv;
import dev.millrace.table.MessageFormat.Protobuf;
import dev.millrace.table.PartitionKeys;
import dev.millrace.table.StreamAccess;
import dev.millrace.table.TableDefinition;
import java.net.URI;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes definitions as the JSON they are read from, keys in the order of the documentation, what
 * is a default left out. Schemas stand in it whole; static credentials are never written.
 */
public final class DefinitionWriter {
  private DefinitionWriter() {}

  /** The text of a definition file. */
  public static String write(TableDefinition table) {
    ObjectNode json = object();
    put(json, DefinitionKey.TABLE_NAME, table.name().table());
    if (!table.name().schema().equals(DefinitionReader.DEFAULT_SCHEMA)) {
      put(json, DefinitionKey.SCHEMA_NAME, table.name().schema());
    }
    put(json, DefinitionKey.STREAM_NAME, table.stream().arn().orElse(table.stream().name()));
    access(json, table.access());
    put(json, DefinitionKey.START, table.start().map(StartText::write));
    if (table.partitionKeys() == PartitionKeys.DECIDE_SHARD) {
      put(json, DefinitionKey.PARTITION_KEYS, "decide-shard");
    }
    if (!table.message().equals(MessageDefinition.NONE)) {
      json.set(DefinitionKey.MESSAGE.key, message(table.message()));
    }
    return DefinitionPrinter.print(json);
  }

  private static void access(ObjectNode json, StreamAccess access) {
    put(json, DefinitionKey.REGION, access.region());
    put(json, DefinitionKey.ENDPOINT, access.endpoint().map(URI::toString));
    put(json, DefinitionKey.ROLE_ARN, access.role().map(StreamAccess.Role::arn));
    put(json, DefinitionKey.EXTERNAL_ID, access.role().flatMap(StreamAccess.Role::externalId));
    put(
        json,
        DefinitionKey.ROLE_SESSION_NAME,
        access.role().flatMap(StreamAccess.Role::sessionName));
  }

  private static ObjectNode message(MessageDefinition message) {
    ObjectNode json = object();
    put(json, DefinitionKey.DATA_FORMAT, message.format().key());
    if (message.compression() != Compression.UNCOMPRESSED) {
      put(json, DefinitionKey.COMPRESSION_CODEC, message.compression().name());
    }
    if (!message.envelopes().isEmpty()) {
      message.envelopes().stream()
          .flatMap(envelope -> envelope(envelope).stream())
          .forEach(json.withArray(DefinitionKey.ENVELOPES.key)::add);
    }
    ObjectNode options = options(message.format());
    if (!options.isEmpty()) {
      json.set(DefinitionKey.OPTIONS.key, options);
    }
    put(json, DefinitionKey.ON_BAD, message.onBad().map(p -> p.name().toLowerCase(Locale.ROOT)));
    if (!(message.format() instanceof MessageFormat.Dummy)) {
      ArrayNode fields = json.putArray(DefinitionKey.FIELDS.key);
      message.columns().forEach(column -> fields.add(field(column)));
    }
    return json;
  }

  /** Nothing for one that wraps nothing. */
  private static Optional<JsonNode> envelope(Envelope envelope) {
    Optional<String> name = EnvelopeNames.find(envelope);
    if (!(envelope instanceof JsonWrapper wrapper)
        || (wrapper.rows().isEmpty() && wrapper.message().isEmpty())) {
      return name.map(JsonNodeFactory.instance::textNode);
    }
    ObjectNode json = object();
    put(json, DefinitionKey.ENVELOPE_TYPE, name);
    put(json, DefinitionKey.ENVELOPE_ROWS, wrapper.rows());
    put(json, DefinitionKey.ENVELOPE_MESSAGE, wrapper.message());
    return Optional.of(json);
  }

  private static ObjectNode options(MessageFormat format) {
    if (format instanceof Csv csv) {
      return csv(csv);
    } else if (format instanceof Avro avro) {
      return avro(avro);
    } else if (format instanceof Protobuf protobuf) {
      return protobuf(protobuf);
    }
    return object();
  }

  private static ObjectNode csv(Csv csv) {
    ObjectNode json = object();
    if (csv.delimiter() != Csv.DEFAULT.delimiter()) {
      put(json, DefinitionKey.CSV_DELIMITER, CsvCharacters.write(csv.delimiter()));
    }
    if (!csv.quote().equals(Csv.DEFAULT.quote())) {
      put(json, DefinitionKey.CSV_QUOTE, csv.quote().map(String::valueOf).orElse(""));
    }
    put(json, DefinitionKey.CSV_ESCAPE, csv.escape().map(String::valueOf));
    put(json, DefinitionKey.CSV_NULL, csv.nullText());
    if (csv.urlEncoded()) {
      json.put(DefinitionKey.CSV_URL_ENCODED.key, true);
    }
    return json;
  }

  private static ObjectNode avro(Avro avro) {
    ObjectNode json = object();
    if (avro.schema().isPresent()) {
      json.set(DefinitionKey.AVRO_SCHEMA.key, schema(avro.schema().get()));
    }
    if (avro.encoding() != AvroEncoding.BINARY) {
      put(json, DefinitionKey.AVRO_ENCODING, OptionsReader.write(avro.encoding()));
    }
    return json;
  }

  /** A schema that is a name alone is the type of that name. */
  private static JsonNode schema(String text) {
    try {
      JsonNode schema = DefinitionJson.MAPPER.readTree(text);
      return schema.isContainerNode() ? schema : object().set("type", schema);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The schema of a definition is not JSON", e);
    }
  }

  private static ObjectNode protobuf(Protobuf protobuf) {
    ObjectNode json = object();
    put(
        json,
        DefinitionKey.PROTOBUF_DESCRIPTOR_SET,
        OptionsReader.INLINE + Base64.getEncoder().encodeToString(protobuf.descriptors().bytes()));
    put(json, DefinitionKey.PROTOBUF_MESSAGE_TYPE, protobuf.messageType());
    return json;
  }

  private static ObjectNode field(Column column) {
    ObjectNode json = object();
    put(json, DefinitionKey.NAME, column.name());
    put(json, DefinitionKey.TYPE, column.type().toString());
    put(json, DefinitionKey.MAPPING, column.mapping());
    put(json, DefinitionKey.FIELD_FORMAT, column.dataFormat());
    put(json, DefinitionKey.FORMAT_HINT, column.formatHint());
    if (column.origin() == Origin.ENVELOPE) {
      put(json, DefinitionKey.IN, "envelope");
    }
    put(json, DefinitionKey.COMMENT, column.comment());
    if (column.hidden()) {
      json.put(DefinitionKey.HIDDEN.key, true);
    }
    return json;
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static void put(ObjectNode json, DefinitionKey key, String value) {
    json.put(key.key, value);
  }

  private static void put(ObjectNode json, DefinitionKey key, Optional<String> value) {
    value.ifPresent(text -> json.put(key.key, text));
  }
}
