package dev.millrace.table.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.stream.StreamRef;
import dev.millrace.table.DefinitionProblem;
import dev.millrace.table.DefinitionProblem.Severity;
import dev.millrace.table.MessageDefinition;
import dev.millrace.table.PartitionKeys;
import dev.millrace.table.Start;
import dev.millrace.table.StreamAccess;
import dev.millrace.table.TableDefinition;
import dev.millrace.table.TableName;
import dev.millrace.table.json.DefinitionKey.Level;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads one definition from JSON and notes everything that is wrong with it. */
final class DefinitionReader {
  static final String DEFAULT_SCHEMA = "default";

  private static final Map<String, PartitionKeys> PARTITION_KEYS =
      new TreeMap<>(
          Map.of("unknown", PartitionKeys.UNKNOWN, "decide-shard", PartitionKeys.DECIDE_SHARD));

  private final String source;
  private final String defaultSchema;
  private final SiblingFiles siblings;
  private final List<DefinitionProblem> problems;

  /**
   * @param siblings the files a definition may name
   * @param problems where to note what is wrong
   */
  DefinitionReader(String source, SiblingFiles siblings, List<DefinitionProblem> problems) {
    this(source, DEFAULT_SCHEMA, siblings, problems);
  }

  /**
   * @param defaultSchema the schema of a table that names none
   */
  DefinitionReader(
      String source,
      String defaultSchema,
      SiblingFiles siblings,
      List<DefinitionProblem> problems) {
    this.source = source;
    this.defaultSchema = defaultSchema;
    this.siblings = siblings;
    this.problems = problems;
  }

  /** Gives the definition, unless an error was noted. */
  Optional<TableDefinition> read(byte[] json) throws IOException {
    JsonNode root;
    try {
      root = DefinitionJson.MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      note(DefinitionJson.describe(e));
      return Optional.empty();
    }
    if (!root.isObject()) {
      note("a definition is one JSON object: { \"tableName\": …, \"streamName\": …, … }");
      return Optional.empty();
    }
    long errorsBefore = errors();
    Optional<TableDefinition> table = table(new DefinitionObject(source, "", root, problems));
    return errors() == errorsBefore ? table : Optional.empty();
  }

  private Optional<TableDefinition> table(DefinitionObject object) {
    object.warnUnknownKeys(Level.TABLE);
    Optional<String> table = object.text(DefinitionKey.TABLE_NAME);
    String schema = object.text(DefinitionKey.SCHEMA_NAME).orElse(defaultSchema);
    Optional<StreamRef> stream =
        object.text(DefinitionKey.STREAM_NAME).flatMap(name -> stream(object, name));
    StreamAccess access = new AccessReader(object).read(stream);
    Optional<Start> start = object.text(DefinitionKey.START).flatMap(text -> start(object, text));
    Optional<PartitionKeys> keys =
        object.word(DefinitionKey.PARTITION_KEYS, "a word for partition keys", PARTITION_KEYS);
    MessageDefinition message =
        object
            .object(DefinitionKey.MESSAGE)
            .flatMap(part -> new MessageDefinitionReader(part, siblings).read())
            .orElse(MessageDefinition.NONE);
    if (table.isEmpty() || stream.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new TableDefinition(
            new TableName(schema, table.get()),
            stream.get(),
            access,
            start,
            keys.orElse(PartitionKeys.UNKNOWN),
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

  private static Optional<Start> start(DefinitionObject object, String text) {
    try {
      return Optional.of(StartText.parse(text));
    } catch (IllegalArgumentException e) {
      object.error(DefinitionKey.START.key, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private long errors() {
    return problems.stream().filter(p -> p.severity() == Severity.ERROR).count();
  }

  private void note(String detail) {
    problems.add(new DefinitionProblem(Severity.ERROR, source, "", detail));
  }
}
