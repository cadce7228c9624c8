package dev.millrace.table.pinot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.table.Column;
import dev.millrace.table.Compression;
import dev.millrace.table.MessageDefinition;
import dev.millrace.table.MessageFormat;
import dev.millrace.table.TableDefinition;
import dev.millrace.table.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A REALTIME table config.
 *
 * @param written the table's name as written, with or without its type
 * @param defaultSchema the schema of a name without a database
 */
record TableConfig(String written, String defaultSchema, PinotObject config) {
  private static final String SUFFIX = "_REALTIME";

  /** The table's name in Pinot; a name in a database has that before it and a dot. */
  private String rawName() {
    return written.endsWith(SUFFIX)
        ? written.substring(0, written.length() - SUFFIX.length())
        : written;
  }

  private TableName name() {
    String raw = rawName();
    int dot = raw.indexOf('.');
    return dot <= 0
        ? new TableName(defaultSchema, raw)
        : new TableName(raw.substring(0, dot), raw.substring(dot + 1));
  }

  /** Its schema among those there are, whose name is the table's own unless it says otherwise. */
  Optional<PinotObject> schema(Map<String, PinotObject> schemas) {
    String name =
        config.object("segmentsConfig").flatMap(s -> s.text("schemaName")).orElse(rawName());
    Optional<PinotObject> found =
        Optional.ofNullable(schemas.get(name))
            .or(() -> Optional.ofNullable(schemas.get(rawName())));
    if (found.isEmpty() && streamConfigs().filter(StreamConfigs::isKinesis).isPresent()) {
      config.error(
          "tableName",
          "there is no schema '"
              + name
              + "' beside this table config. Put Pinot's schema of that schemaName in a JSON file"
              + " of the same place");
    }
    return found;
  }

  Optional<TableDefinition> define(PinotObject schema, Function<String, byte[]> siblings) {
    long errorsBefore = config.errors();
    Optional<StreamConfigs> stream = streamConfigs();
    if (stream.isEmpty()) {
      config.error(
          "ingestionConfig.streamIngestionConfig.streamConfigMaps",
          "a REALTIME table needs its stream here, or in tableIndexConfig.streamConfigs");
      return Optional.empty();
    }
    if (!stream.get().isKinesis()) {
      stream.get().warnOther();
      return Optional.empty();
    }
    Optional<TableDefinition> table = define(stream.get(), schema, siblings);
    return config.errors() == errorsBefore ? table : Optional.empty();
  }

  private Optional<TableDefinition> define(
      StreamConfigs stream, PinotObject schema, Function<String, byte[]> siblings) {
    stream.warnUnknown();
    Optional<PinotDecoder> decoder = PinotDecoder.of(stream, siblings);
    List<Column> columns =
        decoder.map(known -> new PinotSchema(schema, config, known).columns()).orElseGet(List::of);
    return stream.stream()
        .flatMap(
            ref ->
                decoder.map(
                    known ->
                        new TableDefinition(
                            name(),
                            ref,
                            stream.access(),
                            stream.start(),
                            message(known.format(), columns),
                            config.source())));
  }

  private static MessageDefinition message(MessageFormat format, List<Column> columns) {
    return new MessageDefinition(
        Compression.UNCOMPRESSED, List.of(), format, columns, Optional.empty());
  }

  private Optional<StreamConfigs> streamConfigs() {
    Optional<PinotObject> ingestion =
        config
            .object("ingestionConfig")
            .flatMap(i -> i.object("streamIngestionConfig"))
            .filter(s -> !s.objects("streamConfigMaps").isEmpty());
    if (ingestion.isPresent()) {
      return Optional.of(first(ingestion.get()));
    }
    return config
        .object("tableIndexConfig")
        .flatMap(t -> t.object("streamConfigs"))
        .map(StreamConfigs::new);
  }

  private static StreamConfigs first(PinotObject ingestion) {
    JsonNode maps = ingestion.node().path("streamConfigMaps");
    if (maps.size() > 1) {
      ingestion.warn(
          "streamConfigMaps",
          "a table reads one stream here: the first of these " + maps.size() + " is read");
    }
    return new StreamConfigs(ingestion.objects("streamConfigMaps").get(0));
  }
}
