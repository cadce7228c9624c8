package dev.millrace.table.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.table.Column;
import dev.millrace.table.Compression;
import dev.millrace.table.DefinitionProblem.Severity;
import dev.millrace.table.Envelope;
import dev.millrace.table.MessageDefinition;
import dev.millrace.table.MessageFormat;
import dev.millrace.table.OnBad;
import dev.millrace.table.json.DefinitionKey.Level;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads how a record's data becomes rows. */
final class MessageDefinitionReader {
  private static final Map<String, String> FORMATS =
      words(MessageFormat.KEYS.toArray(String[]::new), Function.identity());
  private static final Map<String, Compression> COMPRESSIONS =
      words(Compression.values(), Enum::name);
  private static final Map<String, OnBad> POLICIES =
      words(OnBad.values(), policy -> policy.name().toLowerCase(Locale.ROOT));

  private final DefinitionObject message;
  private final SiblingFiles siblings;

  MessageDefinitionReader(DefinitionObject message, SiblingFiles siblings) {
    this.message = message;
    this.siblings = siblings;
  }

  Optional<MessageDefinition> read() {
    message.warnUnknownKeys(Level.MESSAGE);
    Optional<String> name = message.word(DefinitionKey.DATA_FORMAT, "a message format", FORMATS);
    Compression compression =
        message
            .word(DefinitionKey.COMPRESSION_CODEC, "a compression", COMPRESSIONS)
            .orElse(Compression.UNCOMPRESSED);
    Optional<List<Envelope>> envelopes = new EnvelopesReader(message).read();
    Optional<MessageFormat> format = name.flatMap(known -> format(known, envelopes));
    Optional<OnBad> onBad =
        message.word(DefinitionKey.ON_BAD, "a policy for bad messages", POLICIES);
    List<Column> columns = columns(name, new FieldsReader(format, envelopes));
    return format.map(
        known ->
            new MessageDefinition(compression, envelopes.orElse(List.of()), known, columns, onBad));
  }

  /** Where the envelopes are wrong, the format is not blamed for the lack of one. */
  private Optional<MessageFormat> format(String name, Optional<List<Envelope>> envelopes) {
    return OptionsReader.read(
        message, name, siblings, envelopes.orElse(List.of(new Envelope.GlueHeader())));
  }

  private List<Column> columns(Optional<String> format, FieldsReader reader) {
    if (format.isPresent() && format.get().equals("dummy")) {
      warnUnusedFields();
      return List.of();
    }
    return reader.read(message.objects(DefinitionKey.FIELDS).orElse(List.of()));
  }

  private void warnUnusedFields() {
    JsonNode fields = message.node().get(DefinitionKey.FIELDS.key);
    if (fields != null && !fields.isEmpty()) {
      message.note(
          Severity.WARNING,
          DefinitionKey.FIELDS.key,
          "the format dummy has no columns: these fields have no effect."
              + " Use another format to read them");
    }
  }

  private static <T> Map<String, T> words(T[] values, Function<T, String> word) {
    Map<String, T> meanings = new LinkedHashMap<>();
    Arrays.stream(values).forEach(value -> meanings.put(word.apply(value), value));
    return meanings;
  }
}
