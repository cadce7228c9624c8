package dev.millrace.infer;

import dev.millrace.decode.schema.SchemaRegistry;
import dev.millrace.infer.JsonLook.Kind;
import dev.millrace.table.Column;
import dev.millrace.table.ColumnType.Plain;
import dev.millrace.table.Envelope;
import dev.millrace.table.MessageFormat;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/** Tells the format of messages that no envelope is around any more, and their columns. */
final class FormatGuess {
  /** Less than this in common is not worth a word. */
  private static final double SOME = 0.3;

  private final Opened opened;
  private final List<Message> messages;
  private final SchemaRegistry registry;
  private final ColumnNames names;
  private final Findings findings;

  FormatGuess(Opened opened, SchemaRegistry registry, ColumnNames names, Findings findings) {
    this.opened = opened;
    this.messages = opened.messages();
    this.registry = registry;
    this.names = names;
    this.findings = findings;
  }

  GuessedFormat guess() {
    IdentityHashMap<Message, Kind> kinds = new IdentityHashMap<>();
    messages.forEach(message -> kinds.put(message, JsonLook.of(message)));
    if (Share.isEnough(messages, m -> kinds.get(m) == Kind.OBJECT)) {
      findings.exceptions(
          messages, m -> kinds.get(m) == Kind.OBJECT, "JSON objects", "rows that are not valid");
      return json();
    }
    if (Share.isEnough(messages, m -> kinds.get(m) == Kind.ARRAY || kinds.get(m) == Kind.OBJECT)) {
      findings.note(
          "The messages are JSON arrays, not of objects alone. Each is one row with the array in the"
              + " column message.");
      return text(Plain.JSON, "JSON arrays");
    }
    long objects = messages.stream().filter(m -> kinds.get(m) == Kind.OBJECT).count();
    if (objects > SOME * messages.size()) {
      findings.exceptions(
          messages, m -> kinds.get(m) == Kind.OBJECT, "JSON objects", "text, as one column");
    }
    return withoutJson();
  }

  private GuessedFormat json() {
    Shape shape = ShapeReader.read(messages);
    List<Envelope> inside = new ArrayList<>();
    String what = "JSON";
    if (DynamoDbLook.isChange(shape)) {
      Envelope envelope = new Envelope.DynamoDbJson();
      shape = ShapeReader.read(Contents.of(envelope, messages));
      inside.add(envelope);
    }
    if (shape.members().isEmpty()) {
      return text(Plain.JSON, "JSON objects without members");
    }
    List<GuessedColumn> columns = new JsonColumns(shape, names, findings).guess();
    return new GuessedFormat(what, new MessageFormat.Json(), inside, columns);
  }

  private GuessedFormat withoutJson() {
    if (opened.has(Envelope.GlueHeader.class)) {
      return new RegisteredFormat(registry, findings)
          .find(messages, names)
          .orElseGet(() -> raw("bytes of a registered schema"));
    }
    if (Share.isEnough(messages, FormatGuess::isSingleObject)) {
      findings.note(
          "The messages are Avro with a fingerprint of their schema. To read them set"
              + " message.dataFormat to avro, and the schema and the encoding single-object in"
              + " message.options. Until then each is one column of bytes.");
      return raw("Avro single objects");
    }
    if (!Share.isEnough(messages, FormatGuess::isText)) {
      return raw("bytes");
    }
    List<String> lines = messages.stream().filter(Message::isUtf8).map(Message::line).toList();
    Optional<SeparatedValues> separated =
        lines.stream().anyMatch(line -> line.indexOf('\n') >= 0)
            ? Optional.empty()
            : SeparatedValues.find(lines);
    findings.exceptions(messages, FormatGuess::isText, "text", "rows that are not valid");
    return separated.isPresent()
        ? new SeparatedColumns(separated.get(), names, findings).guess(messages)
        : text(Plain.VARCHAR, "text");
  }

  private static boolean isSingleObject(Message message) {
    byte[] bytes = message.bytes();
    return bytes.length >= 10 && bytes[0] == (byte) 0xC3 && bytes[1] == 1;
  }

  /** Text has line breaks and colours, but no other controls. */
  private static boolean isText(Message message) {
    for (byte b : message.bytes()) {
      if (b >= 0 && b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != 0x1B) {
        return false;
      }
    }
    return message.isUtf8();
  }

  private GuessedFormat text(Plain type, String what) {
    Shape shape = new Shape();
    messages.stream()
        .filter(Message::isUtf8)
        .forEach(m -> shape.add(ValueKind.TEXT, m.line(), m.record()));
    Column column = Column.named(names.of(List.of("message")), type);
    return GuessedFormat.of(
        what, new MessageFormat.Text(), List.of(new GuessedColumn(column, shape, false)));
  }

  private GuessedFormat raw(String what) {
    Column column = Column.named(names.of(List.of("data")), Plain.VARBINARY).withMapping("0");
    return GuessedFormat.of(what, new MessageFormat.Raw(), List.of(GuessedColumn.known(column)));
  }
}
