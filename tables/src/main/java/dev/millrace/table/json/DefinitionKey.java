package dev.millrace.table.json;

import java.util.Arrays;
import java.util.List;

/**
 * Every key of a definition file, declared once: the reader knows keys from here, and the table in
 * docs/reference/definitions.md is printed from here.
 */
enum DefinitionKey {
  TABLE_NAME(Level.TABLE, "tableName", Need.REQUIRED, "text", "The table's name in SQL."),
  SCHEMA_NAME(
      Level.TABLE, "schemaName", Need.OPTIONAL, "text; `default`", "The schema the table is in."),
  STREAM_NAME(
      Level.TABLE,
      "streamName",
      Need.REQUIRED,
      "a stream's name or ARN",
      "The stream the table reads. An ARN also reaches other accounts."),
  MESSAGE(
      Level.TABLE,
      "message",
      Need.OPTIONAL,
      "object; `{\"dataFormat\": \"dummy\"}`",
      "How a record's message becomes columns. Without it the table has metadata columns only."),
  DATA_FORMAT(
      Level.MESSAGE,
      "dataFormat",
      Need.REQUIRED,
      "`json`, `raw`, `dummy`",
      "The message's format. `dummy` has no columns of its own and reads no message."),
  COMPRESSION_CODEC(
      Level.MESSAGE,
      "compressionCodec",
      Need.OPTIONAL,
      "`UNCOMPRESSED`, `GZIP`, `AUTOMATIC`; `UNCOMPRESSED`",
      "How a message is compressed. `AUTOMATIC` looks at each message's first bytes."),
  FIELDS(
      Level.MESSAGE,
      "fields",
      Need.REQUIRED,
      "list of fields",
      "The columns, in order. Not needed for `dummy`."),
  NAME(Level.FIELD, "name", Need.REQUIRED, "text", "The column's name in SQL."),
  TYPE(
      Level.FIELD,
      "type",
      Need.REQUIRED,
      "a SQL type, in any case",
      "The column's type: see [types](types.md)."),
  MAPPING(
      Level.FIELD,
      "mapping",
      Need.OPTIONAL,
      "`json`: a path, the column's name; `raw`: `start[:end]`, `0`",
      "Where the value is in the message."),
  FIELD_FORMAT(
      Level.FIELD,
      "dataFormat",
      Need.OPTIONAL,
      "`json`: a time format, `iso8601`; `raw`: `BYTE`, `SHORT`, `INT`, `LONG`, `FLOAT`, `DOUBLE`",
      "How the value is written, where its type alone does not tell."),
  FORMAT_HINT(
      Level.FIELD,
      "formatHint",
      Need.OPTIONAL,
      "a date-time pattern",
      "The pattern of the time format `custom-date-time`."),
  COMMENT(Level.FIELD, "comment", Need.OPTIONAL, "text", "A comment engines show."),
  HIDDEN(
      Level.FIELD,
      "hidden",
      Need.OPTIONAL,
      "`true`, `false`; `false`",
      "Leaves the column out of `SELECT *`.");

  /** The object a key belongs to. */
  enum Level {
    TABLE,
    MESSAGE,
    FIELD
  }

  /** Whether a definition works without the key. */
  enum Need {
    REQUIRED,
    OPTIONAL
  }

  final Level level;
  final String key;
  final Need need;
  final String allowed;
  final String meaning;

  DefinitionKey(Level level, String key, Need need, String allowed, String meaning) {
    this.level = level;
    this.key = key;
    this.need = need;
    this.allowed = allowed;
    this.meaning = meaning;
  }

  static List<String> names(Level level) {
    return Arrays.stream(values()).filter(k -> k.level == level).map(k -> k.key).toList();
  }

  /** The keys as a Markdown table. */
  static String markdown() {
    StringBuilder table =
        new StringBuilder("| key | allowed; default | meaning |\n|---|---|---|\n");
    for (DefinitionKey key : values()) {
      table.append(
          "| `%s%s`%s | %s | %s |\n"
              .formatted(
                  prefix(key.level),
                  key.key,
                  key.need == Need.REQUIRED ? " *" : "",
                  key.allowed,
                  key.meaning));
    }
    return table.toString();
  }

  private static String prefix(Level level) {
    return switch (level) {
      case TABLE -> "";
      case MESSAGE -> "message.";
      case FIELD -> "message.fields[].";
    };
  }
}
