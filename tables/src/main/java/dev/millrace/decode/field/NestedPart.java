package dev.millrace.decode.field;

import dev.millrace.decode.json.JsonScanner;
import dev.millrace.decode.json.NumberLiteral;
import dev.millrace.decode.json.StringUnescaper;
import dev.millrace.decode.row.NestedValue;
import dev.millrace.decode.row.PendingRow;
import dev.millrace.table.Column;
import dev.millrace.table.ColumnType;
import dev.millrace.table.ColumnType.Field;
import dev.millrace.table.ColumnType.Plain;
import dev.millrace.table.mapping.TimeFormat;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the JSON value at the scanner's position, which is of one of a nested type's types, to a
 * node. Goes as deep as the type does and no deeper: what is not wanted is passed over.
 */
abstract class NestedPart {

  /** What all parts of a column share. */
  static final class Walk {
    final JsonScanner scanner = new JsonScanner();
    final NestedValue value = new NestedValue();
    private final NumberLiteral number = new NumberLiteral();
    private final StringUnescaper unescaper = new StringUnescaper();
    private final NestedLeaf sink = new NestedLeaf(value);
    private final PendingRow leaf = new PendingRow(sink, 1);

    /** The bytes of the string or name read last, without escapes. */
    private byte[] text = new byte[0];

    private int start;
    private int end;

    /** Makes the scanner's token the text; false where it is none. */
    private boolean token() {
      text = scanner.buffer();
      start = scanner.tokenStart();
      end = scanner.tokenEnd();
      if (!scanner.tokenEscaped()) {
        return true;
      }
      boolean valid = unescaper.unescape(text, start, end);
      text = unescaper.bytes();
      start = 0;
      end = unescaper.length();
      return valid;
    }

    private void check() throws NestedFault {
      String detail = leaf.takeDetail(0);
      if (detail != null) {
        throw new NestedFault("", detail);
      }
    }
  }

  static NestedPart of(ColumnType type, Column column, Walk walk) {
    if (type instanceof ColumnType.Array array) {
      return new OfArray(walk, of(array.element(), column, walk));
    } else if (type instanceof ColumnType.Map map) {
      return new OfMap(walk, new OfScalar(walk, map.key(), column), of(map.value(), column, walk));
    } else if (type instanceof ColumnType.Row row) {
      return new OfRow(walk, row.fields(), column);
    }
    return new OfScalar(walk, type, column);
  }

  final Walk walk;

  NestedPart(Walk walk) {
    this.walk = walk;
  }

  /** The next value, JSON's null included. */
  final void read(int node) throws NestedFault {
    if (walk.scanner.peek() == 'n') {
      walk.scanner.literal();
      walk.value.setNull(node);
    } else {
      value(node);
    }
  }

  abstract void value(int node) throws NestedFault;

  /** Passes the container's first byte if it is this one. */
  final void expect(char first, String expected) throws NestedFault {
    byte found = walk.scanner.peek();
    if (found == first) {
      return;
    }
    int start = walk.scanner.position();
    walk.scanner.skipValue();
    String shown =
        found == '{'
            ? "an object"
            : found == '['
                ? "an array"
                : Excerpt.of(walk.scanner.buffer(), start, walk.scanner.position() - start);
    throw new NestedFault("", shown + " is not " + expected);
  }

  private static final class OfScalar extends NestedPart {
    private final FieldDecoder decoder;
    private final boolean source;

    OfScalar(Walk walk, ColumnType type, Column column) {
      super(walk);
      Column part =
          TimeFormat.isTemporal(type) ? column.part("part", type) : Column.named("part", type);
      this.decoder = FieldDecoders.of(part, 0);
      this.source = type == Plain.JSON;
    }

    @Override
    void value(int node) throws NestedFault {
      walk.sink.moveTo(node);
      byte first = walk.scanner.peek();
      if (source || first == '{' || first == '[') {
        asWritten();
      } else if (first == '"') {
        walk.scanner.string();
        text(node);
      } else if (first == 't' || first == 'f') {
        decoder.bool(walk.scanner.literal() == 't', walk.leaf);
      } else {
        walk.scanner.number(walk.number);
        decoder.number(walk.number, walk.leaf);
      }
      walk.check();
    }

    /** The scanner's token, a string or a name. */
    void text(int node) throws NestedFault {
      walk.sink.moveTo(node);
      if (walk.token()) {
        decoder.text(walk.text, walk.start, walk.end - walk.start, walk.leaf);
      } else {
        decoder.notUtf8(walk.leaf);
      }
      walk.check();
    }

    private void asWritten() {
      JsonScanner scanner = walk.scanner;
      int start = scanner.position();
      scanner.skipValue();
      int length = scanner.position() - start;
      if (source) {
        decoder.text(scanner.buffer(), start, length, walk.leaf);
      } else {
        decoder.nested(scanner.buffer(), start, length, walk.leaf);
      }
    }
  }

  private static final class OfArray extends NestedPart {
    private final NestedPart element;

    OfArray(Walk walk, NestedPart element) {
      super(walk);
      this.element = element;
    }

    @Override
    void value(int node) throws NestedFault {
      expect('[', "an array");
      walk.value.setArray(node);
      int number = 0;
      for (boolean more = walk.scanner.enterArray(); more; more = walk.scanner.nextElement()) {
        number++;
        try {
          element.read(walk.value.addTo(node));
        } catch (NestedFault e) {
          throw e.in("element " + number);
        }
      }
    }
  }

  private static final class OfMap extends NestedPart {
    private final OfScalar key;
    private final NestedPart element;

    OfMap(Walk walk, OfScalar key, NestedPart element) {
      super(walk);
      this.key = key;
      this.element = element;
    }

    @Override
    void value(int node) throws NestedFault {
      expect('{', "an object");
      walk.value.setMap(node);
      JsonScanner scanner = walk.scanner;
      for (boolean more = scanner.enterObject(); more; more = scanner.nextMember()) {
        scanner.name();
        int start = scanner.tokenStart();
        int length = scanner.tokenEnd() - start;
        try {
          key.text(walk.value.addTo(node));
        } catch (NestedFault e) {
          throw e.in("key");
        }
        try {
          element.read(walk.value.addTo(node));
        } catch (NestedFault e) {
          throw e.in("key " + Excerpt.of(scanner.buffer(), start, length));
        }
      }
      walk.value.endMap(node);
    }
  }

  private static final class OfRow extends NestedPart {
    private final String[] names;
    private final byte[][] utf8;
    private final NestedPart[] parts;

    OfRow(Walk walk, List<Field> fields, Column column) {
      super(walk);
      int count = fields.size();
      names = new String[count];
      utf8 = new byte[count][];
      parts = new NestedPart[count];
      for (int i = 0; i < count; i++) {
        names[i] = fields.get(i).name();
        utf8[i] = names[i].getBytes(StandardCharsets.UTF_8);
        parts[i] = NestedPart.of(fields.get(i).type(), column, walk);
      }
    }

    @Override
    void value(int node) throws NestedFault {
      expect('{', "an object");
      JsonScanner scanner = walk.scanner;
      int first = walk.value.setRow(node, parts.length);
      int expected = 0;
      for (boolean more = scanner.enterObject(); more; more = scanner.nextMember()) {
        scanner.name();
        int field = walk.token() ? find(expected) : -1;
        if (field < 0) {
          scanner.skipValue();
          continue;
        }
        try {
          parts[field].read(first + field);
        } catch (NestedFault e) {
          throw e.in("field " + names[field]);
        }
        expected = field + 1;
      }
    }

    /** The field of the name just read; messages mostly have them in the type's order. */
    private int find(int expected) {
      for (int i = 0; i < utf8.length; i++) {
        int field = (expected + i) % utf8.length;
        byte[] name = utf8[field];
        if (Arrays.equals(walk.text, walk.start, walk.end, name, 0, name.length)) {
          return field;
        }
      }
      return -1;
    }
  }
}
