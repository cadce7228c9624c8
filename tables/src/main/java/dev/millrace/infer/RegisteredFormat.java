package dev.millrace.infer;

import dev.millrace.decode.schema.RegisteredSchema;
import dev.millrace.decode.schema.SchemaRegistry;
import dev.millrace.decode.schema.UnknownSchemaException;
import dev.millrace.stream.MillraceException;
import dev.millrace.table.MessageFormat;
import dev.millrace.table.mapping.AvroSchemas;
import dev.millrace.table.mapping.MappingException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The format of messages that name their schema, as far as a registry knows it. */
final class RegisteredFormat {
  private final SchemaRegistry registry;
  private final Findings findings;

  RegisteredFormat(SchemaRegistry registry, Findings findings) {
    this.registry = registry;
    this.findings = findings;
  }

  /** None where a schema is not known, or not Avro's: a note then says what is missing. */
  Optional<GuessedFormat> find(List<Message> messages, ColumnNames names) {
    AvroColumns columns = new AvroColumns();
    List<UUID> versions =
        messages.stream().flatMap(message -> message.schema().stream()).distinct().toList();
    for (UUID version : versions) {
      Optional<String> problem = add(version, columns);
      if (problem.isPresent()) {
        findings.note(
            "Each message is one column of bytes, because they cannot be read: "
                + problem.get()
                + ".");
        return Optional.empty();
      }
    }
    MessageFormat format =
        new MessageFormat.Avro(Optional.empty(), MessageFormat.AvroEncoding.BINARY);
    return Optional.of(GuessedFormat.of("Avro", format, columns.columns(names)))
        .filter(guess -> !guess.columns().isEmpty());
  }

  /** Adds a schema's columns, or says why not. */
  private Optional<String> add(UUID version, AvroColumns columns) {
    try {
      RegisteredSchema schema = registry.find(version);
      if (schema.kind() == RegisteredSchema.Kind.AVRO) {
        columns.add(AvroSchemas.parse(schema.definition()));
        return Optional.empty();
      }
      return Optional.of(
          "schema version "
              + version
              + " is "
              + schema.kind()
              + ". For Protobuf set message.dataFormat to protobuf, and the descriptor set and the"
              + " message type in message.options");
    } catch (UnknownSchemaException | MappingException | MillraceException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
