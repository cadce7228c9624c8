package dev.millrace.infer;

import dev.millrace.decode.field.Utf8;
import dev.millrace.decode.json.JsonScanner;
import dev.millrace.decode.json.JsonSyntaxException;
import dev.millrace.decode.json.NumberLiteral;
import dev.millrace.decode.json.StringUnescaper;
import dev.millrace.stream.SequenceNumber;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Adds JSON messages up to a shape. */
final class ShapeReader {
  /** What is deeper is not made columns of. */
  private static final int MAX_DEPTH = 24;

  /** A longer text is neither a time nor a UUID, and examples are short. */
  private static final int MAX_TEXT_BYTES = 256;

  private final JsonScanner scanner = new JsonScanner();
  private final StringUnescaper unescaper = new StringUnescaper();
  private final NumberLiteral number = new NumberLiteral();
  private final TextLook look = new TextLook();
  private final Shape root = new Shape();
  private SequenceNumber record = new SequenceNumber("0");

  private ShapeReader() {}

  /** The shape of the messages that are JSON objects; the others are passed over. */
  static Shape read(List<Message> messages) {
    ShapeReader reader = new ShapeReader();
    messages.stream().filter(m -> JsonLook.of(m) == JsonLook.Kind.OBJECT).forEach(reader::add);
    return reader.root;
  }

  private void add(Message message) {
    record = message.record();
    scanner.reset(message.bytes(), 0, message.bytes().length);
    try {
      value(root, 0);
    } catch (JsonSyntaxException e) {
      throw new IllegalStateException("JSON that was checked is broken", e);
    }
  }

  private void value(Shape shape, int depth) {
    byte first = scanner.peek();
    switch (first) {
      case '"' -> text(shape);
      case '{', '[' -> container(first, shape, depth);
      case 't', 'f', 'n' -> literal(shape);
      default -> number(shape);
    }
  }

  private void container(byte first, Shape shape, int depth) {
    int start = scanner.position();
    if (depth == MAX_DEPTH) {
      scanner.skipValue();
      shape.truncate();
    } else if (first == '{') {
      object(shape, depth);
    } else {
      array(shape, depth);
    }
    shape.add(
        first == '{' ? ValueKind.OBJECT : ValueKind.ARRAY,
        written(start, scanner.position()),
        record);
  }

  private void object(Shape shape, int depth) {
    for (boolean more = scanner.enterObject(); more; more = scanner.nextMember()) {
      scanner.name();
      Optional<Shape> member = name().flatMap(shape::member);
      if (member.isPresent()) {
        value(member.get(), depth + 1);
      } else {
        shape.truncate();
        scanner.skipValue();
      }
    }
  }

  private void array(Shape shape, int depth) {
    for (boolean more = scanner.enterArray(); more; more = scanner.nextElement()) {
      value(shape.element(), depth + 1);
    }
  }

  /** The token as text; none where it is not. */
  private Optional<String> name() {
    int start = scanner.tokenStart();
    int end = scanner.tokenEnd();
    if (!Utf8.isValid(scanner.buffer(), start, end)) {
      return Optional.empty();
    }
    if (!scanner.tokenEscaped()) {
      return Optional.of(written(start, end));
    }
    return unescaper.unescape(scanner.buffer(), start, end)
        ? Optional.of(new String(unescaper.bytes(), 0, unescaper.length(), StandardCharsets.UTF_8))
        : Optional.empty();
  }

  private void text(Shape shape) {
    scanner.string();
    int length = scanner.tokenEnd() - scanner.tokenStart();
    if (length > MAX_TEXT_BYTES) {
      shape.add(
          ValueKind.TEXT,
          written(scanner.tokenStart(), scanner.tokenStart() + MAX_TEXT_BYTES),
          record);
      return;
    }
    String text = name().orElse("");
    ValueKind kind = look.kind(text);
    if (kind == ValueKind.INSTANT || kind == ValueKind.LOCAL_TIME) {
      shape.addFractionDigits(TextLook.fractionDigits(text));
    }
    shape.add(kind, text, record);
  }

  private void literal(Shape shape) {
    byte first = scanner.literal();
    if (first == 'n') {
      shape.add(ValueKind.NULL, "", record);
    } else {
      shape.add(ValueKind.BOOLEAN, first == 't' ? "true" : "false", record);
    }
  }

  private void number(Shape shape) {
    scanner.number(number);
    Numbers.add(shape, number, record);
  }

  private String written(int start, int end) {
    int length = Math.min(end - start, MAX_TEXT_BYTES);
    return new String(scanner.buffer(), start, length, StandardCharsets.UTF_8);
  }
}
