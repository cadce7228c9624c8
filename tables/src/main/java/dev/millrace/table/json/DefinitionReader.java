package dev.millrace.table.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.millrace.stream.StreamRef;
import dev.millrace.table.Column;
import dev.millrace.table.Column.Origin;
import dev.millrace.table.ColumnType;
import dev.millrace.table.Compression;
import dev.millrace.table.DefinitionProblem;
import dev.millrace.table.DefinitionProblem.Severity;
import dev.millrace.table.MessageDefinition;
import dev.millrace.table.MessageFormat;
import dev.millrace.table.NearestName;
import dev.millrace.table.StreamAccess;
import dev.millrace.table.TableDefinition;
import dev.millrace.table.TableName;
import dev.millrace.table.json.DefinitionKey.Level;
import dev.millrace.table.mapping.FieldChecks;
import dev.millrace.table.mapping.FieldFault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads one definition from JSON and notes everything that is wrong with it. */
final class DefinitionReader {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final String source;
  private final List<DefinitionProblem> problems;

  /**
   * @param problems where to note what is wrong
   */
  DefinitionReader(String source, List<DefinitionProblem> problems) {
    this.source = source;
    this.problems = problems;
  }

  /** Gives the definition, unless an error was noted. */
  Optional<TableDefinition> read(byte[] json) throws IOException {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      note("", "the JSON is broken at " + place(e.getLocation()) + ": " + firstLine(e));
      return Optional.empty();
    }
    if (!root.isObject()) {
      note("", "a definition is one JSON object: { \"tableName\": …, \"streamName\": …, … }");
      return Optional.empty();
    }
    long errorsBefore = errors();
    Optional<TableDefinition> table = table(new DefinitionObject(source, "", root, problems));
    return errors() == errorsBefore ? table : Optional.empty();
  }

  private Optional<TableDefinition> table(DefinitionObject object) {
    object.warnUnknownKeys(Level.TABLE);
    Optional<String> table = object.text(DefinitionKey.TABLE_NAME);
    String schema = object.text(DefinitionKey.SCHEMA_NAME).orElse("default");
    Optional<StreamRef> stream =
        object.text(DefinitionKey.STREAM_NAME).flatMap(name -> stream(object, name));
    MessageDefinition message =
        object.object(DefinitionKey.MESSAGE).flatMap(this::message).orElse(MessageDefinition.NONE);
    if (table.isEmpty() || stream.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new TableDefinition(
            new TableName(schema, table.get()),
            stream.get(),
            StreamAccess.AMBIENT,
            Optional.empty(),
            message,
            source));
  }

  private static Optional<StreamRef> stream(DefinitionObject object, String name) {
    try {
      return Optional.of(StreamRef.parse(name));
    } catch (IllegalArgumentException e) {
      object.error(DefinitionKey.STREAM_NAME.key, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private Optional<MessageDefinition> message(DefinitionObject object) {
    object.warnUnknownKeys(Level.MESSAGE);
    Optional<MessageFormat> format =
        object.text(DefinitionKey.DATA_FORMAT).flatMap(text -> format(object, text));
    Compression compression =
        object
            .text(DefinitionKey.COMPRESSION_CODEC)
            .flatMap(text -> compression(object, text))
            .orElse(Compression.UNCOMPRESSED);
    if (format.isPresent() && format.get() instanceof MessageFormat.Dummy) {
      warnUnusedFields(object);
      return Optional.of(MessageDefinition.NONE.withCompression(compression));
    }
    List<Column> columns = columns(object.objects(DefinitionKey.FIELDS).orElse(List.of()), format);
    return format.map(known -> MessageDefinition.of(known, columns).withCompression(compression));
  }

  private static void warnUnusedFields(DefinitionObject message) {
    JsonNode fields = message.node().get(DefinitionKey.FIELDS.key);
    if (fields != null && !fields.isEmpty()) {
      message.note(
          Severity.WARNING,
          DefinitionKey.FIELDS.key,
          "the format dummy has no columns: these fields have no effect."
              + " Use json or raw to read them");
    }
  }

  private static Optional<MessageFormat> format(DefinitionObject object, String text) {
    Optional<MessageFormat> format = formatNamed(text);
    if (format.isEmpty()) {
      List<String> allowed = MessageFormat.KEYS;
      object.error(
          DefinitionKey.DATA_FORMAT.key,
          "'"
              + text
              + "' is not a message format."
              + NearestName.hint(text, allowed)
              + " Allowed: "
              + String.join(", ", allowed));
    }
    return format;
  }

  private static Optional<MessageFormat> formatNamed(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "json" -> Optional.of(new MessageFormat.Json());
      case "raw" -> Optional.of(new MessageFormat.Raw());
      case "dummy" -> Optional.of(new MessageFormat.Dummy());
      default -> Optional.empty();
    };
  }

  private static Optional<Compression> compression(DefinitionObject object, String text) {
    List<String> allowed = new ArrayList<>();
    for (Compression compression : Compression.values()) {
      if (compression.name().equalsIgnoreCase(text)) {
        return Optional.of(compression);
      }
      allowed.add(compression.name());
    }
    object.error(
        DefinitionKey.COMPRESSION_CODEC.key,
        "'"
            + text
            + "' is not a compression."
            + NearestName.hint(text, allowed)
            + " Allowed: "
            + String.join(", ", allowed));
    return Optional.empty();
  }

  private static List<Column> columns(
      List<DefinitionObject> fields, Optional<MessageFormat> format) {
    List<Column> columns = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (DefinitionObject field : fields) {
      column(field)
          .ifPresent(
              column -> {
                columns.add(column);
                if (!names.add(column.name().toLowerCase(Locale.ROOT))) {
                  field.error(
                      DefinitionKey.NAME.key,
                      "there is a column '"
                          + column.name()
                          + "' already; names compare without regard to case");
                }
                format.ifPresent(known -> check(field, known, column));
              });
    }
    return columns;
  }

  private static Optional<Column> column(DefinitionObject field) {
    field.warnUnknownKeys(Level.FIELD);
    Optional<String> name = field.text(DefinitionKey.NAME);
    Optional<ColumnType> type = field.text(DefinitionKey.TYPE).flatMap(text -> type(field, text));
    Optional<String> mapping = field.text(DefinitionKey.MAPPING);
    Optional<String> dataFormat = field.text(DefinitionKey.FIELD_FORMAT);
    Optional<String> formatHint = field.text(DefinitionKey.FORMAT_HINT);
    Optional<String> comment = field.text(DefinitionKey.COMMENT);
    boolean hidden = field.flag(DefinitionKey.HIDDEN);
    if (name.isEmpty() || type.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Column(
            name.get(),
            type.get(),
            Origin.MESSAGE,
            mapping,
            dataFormat,
            formatHint,
            comment,
            hidden));
  }

  private static Optional<ColumnType> type(DefinitionObject field, String text) {
    try {
      return Optional.of(ColumnTypeParser.parse(text));
    } catch (IllegalArgumentException e) {
      field.error(DefinitionKey.TYPE.key, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private static void check(DefinitionObject field, MessageFormat format, Column column) {
    for (FieldFault fault : FieldChecks.faults(format, column)) {
      field.error(fault.key(), fault.detail());
    }
  }

  private long errors() {
    return problems.stream().filter(p -> p.severity() == Severity.ERROR).count();
  }

  private void note(String place, String detail) {
    problems.add(new DefinitionProblem(Severity.ERROR, source, place, detail));
  }

  private static String place(JsonLocation location) {
    return "line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  private static String firstLine(JsonProcessingException e) {
    return e.getOriginalMessage().lines().findFirst().orElse("it is not JSON");
  }
}
