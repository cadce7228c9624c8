package dev.millrace.table.json;

import dev.millrace.table.Compression;
import dev.millrace.table.MessageFormat;
import dev.millrace.table.json.KeyValue.FileOrObject;
import dev.millrace.table.json.KeyValue.Flag;
import dev.millrace.table.json.KeyValue.Part;
import dev.millrace.table.json.KeyValue.Parts;
import dev.millrace.table.json.KeyValue.Text;
import dev.millrace.table.json.KeyValue.Words;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Every key of a definition file, declared once and in the order it is written: the reader knows
 * keys from here, the tables in docs/reference/definitions.md and the JSON Schema for editors are
 * printed from here.
 */
enum DefinitionKey {
  SCHEMA(
      Level.TABLE,
      "$schema",
      Need.OPTIONAL,
      Text.of("a path or URL", "definition.schema.json"),
      "The [JSON Schema](../../examples/definition.schema.json) an editor completes and checks this file with."),
  TABLE_NAME(
      Level.TABLE,
      "tableName",
      Need.REQUIRED,
      Text.of("text", "orders"),
      "The table's name in SQL."),
  SCHEMA_NAME(
      Level.TABLE,
      "schemaName",
      Need.OPTIONAL,
      Text.of("text; `default`", "shop"),
      "The schema the table is in."),
  STREAM_NAME(
      Level.TABLE,
      "streamName",
      Need.REQUIRED,
      Text.of(
          "a stream's name or ARN",
          "orders",
          "arn:aws:kinesis:eu-west-1:123456789012:stream/orders"),
      "The stream the table reads. An ARN also reaches other accounts."),
  REGION(
      Level.TABLE,
      "region",
      Need.OPTIONAL,
      Text.of("a region's name; the ARN's, else the command's or the catalog's", "eu-west-1")
          .matching(AccessReader.REGION_SHAPE),
      "The region the stream is in."),
  ENDPOINT(
      Level.TABLE,
      "endpoint",
      Need.OPTIONAL,
      Text.of("an `http://` or `https://` address; the region's", "https://localhost:4567")
          .matching("[Hh][Tt][Tt][Pp][Ss]?://.+"),
      "The address Kinesis is reached at."),
  ROLE_ARN(
      Level.TABLE,
      "roleArn",
      Need.OPTIONAL,
      Text.of("a role's ARN", "arn:aws:iam::123456789012:role/reader")
          .matching(AccessReader.ROLE_SHAPE),
      "The role to assume for reading the stream."),
  EXTERNAL_ID(
      Level.TABLE,
      "externalId",
      Need.OPTIONAL,
      Text.of("text").matching(AccessReader.EXTERNAL_ID_SHAPE),
      "The external id the role asks for. Needs `roleArn`."),
  ROLE_SESSION_NAME(
      Level.TABLE,
      "roleSessionName",
      Need.OPTIONAL,
      Text.of("text; `millrace`", "millrace").matching(AccessReader.SESSION_NAME_SHAPE),
      "The name the role's session has in logs. Needs `roleArn`."),
  START(
      Level.TABLE,
      "start",
      Need.OPTIONAL,
      Text.of(
              "`trim-horizon`, `latest`, a duration back, a time in ISO-8601; `24h`",
              "trim-horizon",
              "latest",
              "24h",
              "7d",
              "2024-01-31T12:00:00Z")
          .matching(StartText.PATTERN),
      "Where a scan starts when the query does not say. Durations end in `ms`, `s`, `m`, `h` or `d`;"
          + " a time without a zone is UTC."),
  PARTITION_KEYS(
      Level.TABLE,
      "partitionKeys",
      Need.OPTIONAL,
      Words.of(List.of("unknown", "decide-shard")).byDefault("unknown"),
      "What a record's partition key says of its shard. `decide-shard` lets a query for some keys"
          + " read only the shards that their MD5 leads to. It is wrong where a producer gives explicit"
          + " hash keys, or puts aggregates after a reshard that it made before: such records would be"
          + " missed."),
  MESSAGE(
      Level.TABLE,
      "message",
      Need.OPTIONAL,
      new Part("object; `{\"dataFormat\": \"dummy\"}`", List.of(Level.MESSAGE)),
      "How a record's message becomes columns. Without it the table has metadata columns only."),

  DATA_FORMAT(
      Level.MESSAGE,
      "dataFormat",
      Need.REQUIRED,
      Words.of(MessageFormat.KEYS),
      "The message's format. `dummy` has no columns of its own and reads no message."),
  COMPRESSION_CODEC(
      Level.MESSAGE,
      "compressionCodec",
      Need.OPTIONAL,
      Words.of(Arrays.stream(Compression.values()).map(Enum::name).toList())
          .byDefault("UNCOMPRESSED"),
      "How a record's data is compressed. `AUTOMATIC` looks at each one's first bytes."),
  ENVELOPES(
      Level.MESSAGE,
      "envelopes",
      Need.OPTIONAL,
      new Parts("list of envelopes' names or objects; `[]`", Level.ENVELOPE, EnvelopeNames.all()),
      "What wraps the message, from the outside in: see [envelopes](#envelopes)."),
  OPTIONS(
      Level.MESSAGE,
      "options",
      Need.OPTIONAL,
      new Part("object; `{}`", List.of(Level.CSV, Level.AVRO, Level.PROTOBUF)),
      "More about the format. `csv`, `avro` and `protobuf` have options."),
  ON_BAD(
      Level.MESSAGE,
      "onBad",
      Need.OPTIONAL,
      Words.of(List.of("null", "skip", "fail")).byDefault("null"),
      "What stands in a query for a message that cannot be decoded, where the query does not say:"
          + " `null`, a row of NULLs with `_error`; `skip`, no row; `fail`, the query fails."),
  FIELDS(
      Level.MESSAGE,
      "fields",
      Need.REQUIRED,
      new Parts("list of fields", Level.FIELD, List.of()),
      "The columns, in order. Not needed for `dummy`."),

  NAME(
      Level.FIELD, "name", Need.REQUIRED, Text.of("text", "order_id"), "The column's name in SQL."),
  TYPE(
      Level.FIELD,
      "type",
      Need.REQUIRED,
      Text.of(
          "a SQL type, in any case",
          "BIGINT",
          "VARCHAR",
          "DOUBLE",
          "BOOLEAN",
          "DECIMAL(10,2)",
          "TIMESTAMP(3) WITH TIME ZONE",
          "DATE",
          "JSON",
          "VARBINARY",
          "ARRAY(VARCHAR)",
          "MAP(VARCHAR, DOUBLE)",
          "ROW(name VARCHAR, size BIGINT)"),
      "The column's type: see [types](types.md)."),
  MAPPING(
      Level.FIELD,
      "mapping",
      Need.OPTIONAL,
      Text.of(
          "`json`, `avro`, `protobuf`: a path, the column's name; `csv`: an index;"
              + " `raw`: `start[:end]`, `0`",
          "customer/name",
          "items[0]/sku",
          "0",
          "4:12"),
      "Where the value is in the message."),
  FIELD_FORMAT(
      Level.FIELD,
      "dataFormat",
      Need.OPTIONAL,
      Text.of(
          "a time format, `iso8601`; `raw`: `BYTE`, `SHORT`, `INT`, `LONG`, `FLOAT`, `DOUBLE`",
          "iso8601",
          "rfc2822",
          "seconds-since-epoch",
          "milliseconds-since-epoch",
          "microseconds-since-epoch",
          "nanoseconds-since-epoch",
          "milliseconds-or-iso8601",
          "custom-date-time",
          "java-date-time",
          "BYTE",
          "SHORT",
          "INT",
          "LONG",
          "FLOAT",
          "DOUBLE"),
      "How the value is written, where its type alone does not tell."),
  FORMAT_HINT(
      Level.FIELD,
      "formatHint",
      Need.OPTIONAL,
      Text.of("a date-time pattern", "yyyy-MM-dd HH:mm:ss.SSS").orBlank(),
      "The pattern of the time formats `custom-date-time` and `java-date-time`."),
  IN(
      Level.FIELD,
      "in",
      Need.OPTIONAL,
      Words.of(List.of("message", "envelope")).byDefault("message"),
      "What `mapping` leads into: the message, or the JSON of the envelope `json` or"
          + " `cloudwatch-logs` around it."),
  COMMENT(
      Level.FIELD, "comment", Need.OPTIONAL, Text.of("text").orBlank(), "A comment engines show."),
  HIDDEN(Level.FIELD, "hidden", Need.OPTIONAL, new Flag(), "Leaves the column out of `SELECT *`."),

  ENVELOPE_TYPE(
      Level.ENVELOPE, "type", Need.REQUIRED, Words.of(EnvelopeNames.all()), "The envelope's name."),
  ENVELOPE_ROWS(
      Level.ENVELOPE,
      "rows",
      Need.OPTIONAL,
      Text.of("a path", "detail/items"),
      "`json`: an array; each of its elements makes a row, and stands in the object in place of the"
          + " array. `/` is a message that is an array itself. Without it the object makes one row."),
  ENVELOPE_MESSAGE(
      Level.ENVELOPE,
      "message",
      Need.OPTIONAL,
      Text.of("a path", "detail/items/body"),
      "`json`: the text that is the message; anything else there is its JSON text. Without it the"
          + " object itself is."),

  CSV_DELIMITER(
      Level.CSV,
      "delimiter",
      Need.OPTIONAL,
      Text.of("a character, `tab`, `space`, `comma`, `semicolon`, `pipe`; `,`", ",", ";", "tab")
          .matching(CsvCharacters.DELIMITER_SHAPE)
          .orBlank(),
      "What stands between two values."),
  CSV_QUOTE(
      Level.CSV,
      "quote",
      Need.OPTIONAL,
      Text.of("a character, or `\"\"` for none; `\\\"`", "'", "").matching(".?").orBlank(),
      "What stands around a value that has delimiters in it."),
  CSV_ESCAPE(
      Level.CSV,
      "escape",
      Need.OPTIONAL,
      Text.of("a character, or `\"\"` for none; none", "\\").matching(".?").orBlank(),
      "What takes its meaning from the character after it."),
  CSV_NULL(
      Level.CSV,
      "null",
      Need.OPTIONAL,
      Text.of("text; none", "NULL", "\\N").orBlank(),
      "The unquoted text that means NULL. An empty value is NULL for all types but text."),
  CSV_URL_ENCODED(
      Level.CSV, "urlEncoded", Need.OPTIONAL, new Flag(), "Whether values are percent-encoded."),

  AVRO_SCHEMA(
      Level.AVRO,
      "schema",
      Need.OPTIONAL,
      new FileOrObject(
          "a file's name ending in `.avsc`, or the schema as an object",
          ".*\\.[Aa][Vv][Ss][Cc]",
          List.of("orders.avsc")),
      "The writer's schema; a file is looked for where the definition is. Not needed with the"
          + " envelope `glue`, which names it."),
  AVRO_ENCODING(
      Level.AVRO,
      "encoding",
      Need.OPTIONAL,
      Words.of(List.of("binary", "single-object")).byDefault("binary"),
      "What stands before the datum: nothing, or a marker and the schema's fingerprint."),

  PROTOBUF_DESCRIPTOR_SET(
      Level.PROTOBUF,
      "descriptorSet",
      Need.REQUIRED,
      Text.of("a file's name, or `base64:` and its content", "orders.desc"),
      "What `protoc --include_imports --descriptor_set_out` wrote; a file is looked for where the"
          + " definition is."),
  PROTOBUF_MESSAGE_TYPE(
      Level.PROTOBUF,
      "messageType",
      Need.REQUIRED,
      Text.of("a message's full name", "shop.Order").matching(OptionsReader.MESSAGE_TYPE_SHAPE),
      "The type of the messages.");

  /** The object a key belongs to. */
  enum Level {
    TABLE("", "The table"),
    MESSAGE("message.", "The message"),
    FIELD("message.fields[].", "A field"),
    ENVELOPE("message.envelopes[].", "An envelope"),
    CSV("message.options.", "Options of `csv`"),
    AVRO("message.options.", "Options of `avro`"),
    PROTOBUF("message.options.", "Options of `protobuf`");

    final String prefix;
    final String title;

    Level(String prefix, String title) {
      this.prefix = prefix;
      this.title = title;
    }
  }

  /** Whether a definition works without the key. */
  enum Need {
    REQUIRED,
    OPTIONAL
  }

  final Level level;
  final String key;
  final Need need;
  final KeyValue value;
  final String meaning;

  DefinitionKey(Level level, String key, Need need, KeyValue value, String meaning) {
    this.level = level;
    this.key = key;
    this.need = need;
    this.value = value;
    this.meaning = meaning;
  }

  static List<DefinitionKey> of(Level level) {
    return Arrays.stream(values()).filter(k -> k.level == level).toList();
  }

  static List<String> names(Level level) {
    return of(level).stream().map(k -> k.key).toList();
  }

  /**
   * The whole path of a key that was written at another level, or with a word before its name, as
   * in {@code fieldDelimiter}.
   */
  static Optional<String> elsewhere(String written) {
    String lower = written.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(k -> lower.endsWith(k.key.toLowerCase(Locale.ROOT)))
        .max(Comparator.comparingInt(k -> k.key.length()))
        .map(k -> k.level.prefix + k.key);
  }

  /** The keys as Markdown, a table for each level. */
  static String markdown() {
    return Arrays.stream(Level.values())
        .map(DefinitionKey::markdown)
        .collect(Collectors.joining("\n"));
  }

  private static String markdown(Level level) {
    StringBuilder table =
        new StringBuilder("### " + level.title + "\n\n")
            .append("| key | allowed; default | meaning |\n|---|---|---|\n");
    for (DefinitionKey key : of(level)) {
      table.append(
          "| `%s%s`%s | %s | %s |\n"
              .formatted(
                  level.prefix,
                  key.key,
                  key.need == Need.REQUIRED ? " *" : "",
                  key.value.allowed(),
                  key.meaning));
    }
    return table.toString();
  }
}
