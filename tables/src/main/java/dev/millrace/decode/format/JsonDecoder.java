package dev.millrace.decode.format;

import dev.millrace.decode.field.FieldDecoder;
import dev.millrace.decode.field.FieldDecoders;
import dev.millrace.decode.field.Utf8;
import dev.millrace.decode.field.WantedColumn;
import dev.millrace.decode.json.JsonScanner;
import dev.millrace.decode.json.JsonSyntaxException;
import dev.millrace.decode.json.MemberName;
import dev.millrace.decode.json.NameTable;
import dev.millrace.decode.json.NumberLiteral;
import dev.millrace.decode.json.StringUnescaper;
import dev.millrace.decode.row.PendingRow;
import dev.millrace.table.mapping.JsonPath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * JSON messages, a value each. The scanner walks the message once; this class goes along in the
 * tree of wanted places and hands their values to their columns.
 */
public final class JsonDecoder implements MessageDecoder {
  private final JsonNode root;
  private final JsonScanner scanner = new JsonScanner();
  private final StringUnescaper unescaper = new StringUnescaper();
  private final NumberLiteral number = new NumberLiteral();
  private long rows;

  public JsonDecoder(List<WantedColumn> wanted) {
    List<JsonPath> paths = new ArrayList<>();
    List<FieldDecoder> decoders = new ArrayList<>();
    for (WantedColumn column : wanted) {
      paths.add(JsonPath.of(column.column()));
      decoders.add(FieldDecoders.of(column.column(), column.index()));
    }
    this.root = JsonNode.root(paths, decoders);
  }

  @Override
  public @Nullable String decode(byte[] buffer, int offset, int length, PendingRow row) {
    scanner.reset(buffer, offset, length);
    try {
      if (scanner.atEnd()) {
        return "the message is empty; expected JSON";
      }
      byte first = scanner.peek();
      if (!isSuitable(first)) {
        scanner.skipValue();
        return unsuitable(first);
      }
      rows++;
      value(root, row);
      if (!scanner.atEnd()) {
        row.incomplete(
            "more follows the JSON value at byte "
                + (scanner.position() - offset)
                + "; for several values in a record use the envelope json-lines");
      }
      return null;
    } catch (JsonSyntaxException e) {
      return "the JSON is broken at byte " + e.offset() + ": " + e.getMessage();
    }
  }

  private boolean isSuitable(byte first) {
    return (first == '{' && root.names() != null) || (first == '[' && root.hasElements());
  }

  private static String unsuitable(byte first) {
    return switch (first) {
      case '[' ->
          "the message is a JSON array and its mappings expect an object;"
              + " an array's elements are mapped as in [0]/name";
      case '{' -> "the message is a JSON object and its mappings expect an array";
      default -> "the message is a JSON value that is no object";
    };
  }

  private void value(JsonNode node, PendingRow row) {
    byte first = scanner.peek();
    int start = scanner.position();
    FieldDecoder[] values = node.values();
    for (FieldDecoder decoder : values) {
      row.forget(decoder.index());
    }
    if (node.isInner() && node.meet(rows)) {
      node.clearBelow(row);
    }
    switch (first) {
      case '"' -> string(values, row);
      case '{', '[' -> container(first, node, row);
      case 't', 'f', 'n' -> literal(values, row);
      default -> number(values, row);
    }
    if (node.sources().length > 0) {
      source(first, start, node.sources(), row);
    }
  }

  private void string(FieldDecoder[] values, PendingRow row) {
    scanner.string();
    if (values.length == 0) {
      return;
    }
    byte[] bytes = scanner.buffer();
    int start = scanner.tokenStart();
    int end = scanner.tokenEnd();
    boolean valid = scanner.tokenAscii() || Utf8.isValid(bytes, start, end);
    if (valid && scanner.tokenEscaped()) {
      valid = unescaper.unescape(bytes, start, end);
      bytes = unescaper.bytes();
      start = 0;
      end = unescaper.length();
    }
    for (FieldDecoder decoder : values) {
      if (valid) {
        decoder.text(bytes, start, end - start, row);
      } else {
        decoder.notUtf8(row);
      }
    }
  }

  private void literal(FieldDecoder[] values, PendingRow row) {
    byte first = scanner.literal();
    for (FieldDecoder decoder : values) {
      if (first == 'n') {
        decoder.setNull(row);
      } else {
        decoder.bool(first == 't', row);
      }
    }
  }

  private void number(FieldDecoder[] values, PendingRow row) {
    scanner.number(number);
    for (FieldDecoder decoder : values) {
      decoder.number(number, row);
    }
  }

  private void container(byte first, JsonNode node, PendingRow row) {
    int start = scanner.position();
    NameTable<JsonNode> names = node.names();
    if (first == '{' && names != null) {
      object(names, row);
    } else if (first == '[' && node.hasElements()) {
      array(node, row);
    } else {
      scanner.skipValue();
    }
    FieldDecoder[] values = node.values();
    if (values.length > 0) {
      byte[] bytes = scanner.buffer();
      int end = scanner.position();
      boolean valid = Utf8.isValid(bytes, start, end);
      for (FieldDecoder decoder : values) {
        if (valid) {
          decoder.nested(bytes, start, end - start, row);
        } else {
          decoder.notUtf8(row);
        }
      }
    }
  }

  private void object(NameTable<JsonNode> names, PendingRow row) {
    MemberName<JsonNode> last = names.start();
    for (boolean more = scanner.enterObject(); more; more = scanner.nextMember()) {
      MemberName<JsonNode> member = scanner.wantedMember(names, last);
      JsonNode node = member == null ? null : member.meaning();
      if (member == null || node == null) {
        return;
      }
      value(node, row);
      last = member;
    }
  }

  private void array(JsonNode node, PendingRow row) {
    int index = 0;
    for (boolean more = scanner.enterArray(); more; more = scanner.nextElement()) {
      JsonNode element = node.element(index++);
      if (element == null) {
        scanner.skipValue();
      } else {
        value(element, row);
      }
    }
  }

  private void source(byte first, int start, FieldDecoder[] sources, PendingRow row) {
    byte[] bytes = scanner.buffer();
    int end = scanner.position();
    boolean valid = Utf8.isValid(bytes, start, end);
    for (FieldDecoder decoder : sources) {
      row.forget(decoder.index());
      if (first == 'n') {
        decoder.setNull(row);
      } else if (valid) {
        decoder.text(bytes, start, end - start, row);
      } else {
        decoder.notUtf8(row);
      }
    }
  }
}
