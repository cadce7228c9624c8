package dev.millrace.pinot.decode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.table.DefinitionFile;
import dev.millrace.table.DefinitionFiles;
import dev.millrace.table.DefinitionProblem;
import dev.millrace.table.DefinitionProblem.Severity;
import dev.millrace.table.Definitions;
import dev.millrace.table.DirectoryFiles;
import dev.millrace.table.TableDefinition;
import dev.millrace.table.json.JsonCatalog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The decoder's properties as a definition.
 *
 * @param props the keys of a definition's {@code message}, which its own reader checks
 * @param files where the files are that a definition names, on each server
 */
record DecoderProps(Map<String, String> props, Optional<String> files) {
  private static final Logger LOGGER = LoggerFactory.getLogger(DecoderProps.class);
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String FILES = "files";
  private static final String FIELDS = "fields";
  private static final String FORMAT = "dataFormat";
  private static final String SOURCE = "stream.kinesis.decoder.prop";
  private static final Set<String> TEXTS = Set.of("json", "csv", "text", "raw");

  static DecoderProps of(Map<String, String> written) {
    Map<String, String> props = new HashMap<>(written);
    Optional<String> files = Optional.ofNullable(props.remove(FILES));
    return new DecoderProps(Map.copyOf(props), files);
  }

  /**
   * @param fields what stands for {@code fields} where they are not written
   * @throws MillraceException all that is wrong
   */
  TableDefinition table(String topic, SchemaFields fields) {
    Definitions read = new JsonCatalog(new OneFile(definition(topic, fields))).load();
    read.problems().stream()
        .filter(problem -> problem.severity() == Severity.WARNING)
        .forEach(problem -> LOGGER.warn("{}", told(problem)));
    return read.tables().stream().findFirst().orElseThrow(() -> refused(read.problems()));
  }

  private static MillraceException refused(List<DefinitionProblem> problems) {
    return new MillraceException(
        ErrorCode.DEFINITION,
        problems.stream()
            .filter(problem -> problem.severity() == Severity.ERROR)
            .map(DecoderProps::told)
            .collect(Collectors.joining("; ")));
  }

  /** By the property's name; a definition's message is what stands behind the prefix. */
  private static String told(DefinitionProblem problem) {
    String place = problem.place().replaceFirst("^message\\.?", "");
    return SOURCE + (place.isEmpty() ? "" : "." + place) + ": " + problem.detail();
  }

  private byte[] definition(String topic, SchemaFields fields) {
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    props.forEach((key, value) -> message.set(key, value(key, value)));
    if (!message.has(FIELDS)) {
      String format = props.getOrDefault(FORMAT, "");
      message.set(
          FIELDS, fields.toDefinition(TEXTS.contains(format.strip().toLowerCase(Locale.ROOT))));
    }
    ObjectNode table = JsonNodeFactory.instance.objectNode();
    table.put("tableName", "messages").put("streamName", topic).set("message", message);
    return table.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static JsonNode value(String key, String text) {
    String start = text.strip();
    if (!start.startsWith("[") && !start.startsWith("{")) {
      return JsonNodeFactory.instance.textNode(text);
    }
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new MillraceException(
          ErrorCode.DEFINITION,
          SOURCE + "." + key + ": the JSON is broken: " + e.getOriginalMessage(),
          e);
    }
  }

  /** The definition, and beside it the files of a directory. */
  private final class OneFile implements DefinitionFiles {
    private final byte[] definition;

    OneFile(byte[] definition) {
      this.definition = definition;
    }

    @Override
    public String source() {
      return SOURCE;
    }

    @Override
    public Contents load() {
      return new Contents(
          List.of(new DefinitionFile("decoder.json", SOURCE, definition)), List.of());
    }

    @Override
    public byte[] sibling(String name) {
      return new DirectoryFiles(Path.of(files.orElseThrow(() -> noFiles(name)))).sibling(name);
    }

    private static MillraceException noFiles(String name) {
      return new MillraceException(
          ErrorCode.DEFINITION,
          "the file '"
              + name
              + "' is looked for in a directory of each server: write its path to "
              + SOURCE
              + "."
              + FILES);
    }
  }
}
