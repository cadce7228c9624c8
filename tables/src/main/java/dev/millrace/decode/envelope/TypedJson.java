package dev.millrace.decode.envelope;

import dev.millrace.decode.json.JsonScanner;
import dev.millrace.decode.json.NumberLiteral;
import java.nio.charset.StandardCharsets;

/**
 * Writes DynamoDB's typed values as plain JSON. What is no typed value, or not a right one, stays
 * as it is written.
 */
final class TypedJson {
  private static final int TEXT = 'S';
  private static final int NUMBER = 'N';
  private static final int BINARY = 'B';
  private static final int BOOLEAN = 'B' << 24 | 'O' << 16 | 'O' << 8 | 'L';
  private static final int NOTHING = 'N' << 24 | 'U' << 16 | 'L' << 8 | 'L';
  private static final int MAP = 'M';
  private static final int LIST = 'L';
  private static final int TEXTS = 'S' << 8 | 'S';
  private static final int NUMBERS = 'N' << 8 | 'S';
  private static final int BINARIES = 'B' << 8 | 'S';

  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

  private final JsonScanner scanner;
  private final NumberLiteral number = new NumberLiteral();
  private final Output output = new Output();
  private final byte[] single = new byte[1];
  private byte[] source = new byte[0];

  /** Counts also what was taken back, so that deep nesting cannot make endless work. */
  private long written;

  TypedJson(JsonScanner scanner) {
    this.scanner = scanner;
  }

  void begin(byte[] bytes, int limit) {
    source = bytes;
    written = 0;
    output.begin(limit);
  }

  byte[] bytes() {
    return output.array();
  }

  int length() {
    return output.length();
  }

  long written() {
    return written;
  }

  boolean isTooLarge() {
    return written > output.limit();
  }

  /** Takes back all that was written. */
  void forget() {
    cutTo(0);
  }

  private void cutTo(int length) {
    output.advance(length - output.length());
  }

  void copy(int start, int end) {
    put(source, start, end - start);
  }

  private void put(byte[] bytes, int start, int count) {
    written += count;
    if (!isTooLarge()) {
      output.append(bytes, start, count);
    }
  }

  private void put(char c) {
    single[0] = (byte) c;
    put(single, 0, 1);
  }

  /**
   * Writes the object at the scanner if each of its members is a typed value, and there is one.
   *
   * @return false, with the scanner anywhere in the object, where it is no item
   */
  boolean item() {
    boolean more = scanner.enterObject();
    if (!more) {
      return false;
    }
    put('{');
    while (more) {
      name();
      if (!value()) {
        return false;
      }
      more = scanner.nextMember();
      put(more ? ',' : '}');
    }
    return true;
  }

  /** Writes the object at the scanner, each typed value in it as plain JSON. */
  void image() {
    scanner.peek();
    put('{');
    for (boolean more = scanner.enterObject(); more; ) {
      name();
      value();
      more = scanner.nextMember();
      if (more) {
        put(',');
      }
    }
    put('}');
  }

  private void name() {
    scanner.name();
    copy(scanner.tokenStart() - 1, scanner.tokenEnd() + 1);
    put(':');
  }

  /** Writes the value at the scanner; gives whether it was typed. */
  private boolean value() {
    boolean object = scanner.peek() == '{';
    int start = scanner.position();
    int mark = output.length();
    boolean typed = false;
    if (object) {
      typed = object();
    } else {
      scanner.skipValue();
    }
    if (!typed) {
      cutTo(mark);
      copy(start, scanner.position());
    }
    return typed;
  }

  /** Passes over an object, and writes its one member's value if that is what its name says. */
  private boolean object() {
    if (!scanner.enterObject()) {
      return false;
    }
    scanner.name();
    boolean typed = plain(type());
    while (scanner.nextMember()) {
      scanner.name();
      scanner.skipValue();
      typed = false;
    }
    return typed;
  }

  /** The name just read, as the code of a type if it is a type's. */
  private int type() {
    int length = scanner.tokenEnd() - scanner.tokenStart();
    int code = 0;
    for (int i = 0; i < length && length <= Integer.BYTES; i++) {
      code = code << Byte.SIZE | (source[scanner.tokenStart() + i] & 0xFF);
    }
    return code;
  }

  /** Passes over a type's value and writes it; false where it is not as the type has it. */
  private boolean plain(int type) {
    byte first = scanner.peek();
    boolean fits =
        switch (type) {
          case TEXT, BINARY, NUMBER -> first == '"';
          case BOOLEAN -> first == 't' || first == 'f';
          case NOTHING -> first == 't';
          case MAP -> first == '{';
          case LIST, TEXTS, BINARIES, NUMBERS -> first == '[';
          default -> false;
        };
    if (!fits) {
      scanner.skipValue();
      return false;
    }
    return switch (type) {
      case NUMBER -> number();
      case NOTHING -> nothing();
      case MAP -> map();
      case LIST -> list();
      case TEXTS, BINARIES, NUMBERS -> set(type == NUMBERS);
      default -> asItIs();
    };
  }

  private boolean asItIs() {
    int start = scanner.position();
    scanner.skipValue();
    copy(start, scanner.position());
    return true;
  }

  /** The digits stay as they are, however many they are. */
  private boolean number() {
    scanner.string();
    int start = scanner.tokenStart();
    int end = scanner.tokenEnd();
    copy(start, end);
    return number.read(source, start, end) == end;
  }

  private boolean nothing() {
    scanner.literal();
    put(NULL, 0, NULL.length);
    return true;
  }

  private boolean map() {
    image();
    return true;
  }

  private boolean list() {
    put('[');
    boolean more = scanner.enterArray();
    while (more) {
      value();
      more = scanner.nextElement();
      if (more) {
        put(',');
      }
    }
    put(']');
    return true;
  }

  private boolean set(boolean numbers) {
    boolean right = true;
    put('[');
    boolean more = scanner.enterArray();
    while (more) {
      if (scanner.peek() != '"') {
        scanner.skipValue();
        right = false;
      } else if (numbers) {
        right &= number();
      } else {
        asItIs();
      }
      more = scanner.nextElement();
      if (more) {
        put(',');
      }
    }
    put(']');
    return right;
  }
}
