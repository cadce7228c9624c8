package dev.millrace.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Damage done to valid messages. */
final class Mutations {
  private static final int LONGEST = 1 << 16;

  private static final byte[] INTERESTING = {
    0, 1, -1, 127, -128, '{', '}', '[', ']', '"', '\\', ',', ':', '\n', '\r', ' ', '0', '9', '-',
    '.', 'e', '%', '=', 't'
  };

  private static final long[] NUMBERS = {
    0,
    1,
    -1,
    0x7F,
    0x80,
    0xFF,
    0x7FFF,
    0xFFFF,
    0x7FFFFFFF,
    0x80000000L,
    0xFFFFFFFFL,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  /** Varints that are too long, too large, or of another sign. */
  private static final byte[][] VARINTS = {
    bytes(0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01),
    bytes(0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF),
    bytes(0xFF, 0xFF, 0xFF, 0xFF, 0x07),
    bytes(0xFF, 0xFF, 0xFF, 0xFF, 0x0F),
    bytes(0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00),
    bytes(0x80, 0x80, 0x04)
  };

  private static final String[] TEXTS = {
    "null",
    "true",
    "1e400",
    "-0",
    "0.1e-999999999",
    "9223372036854775808",
    "\\ud800",
    "\\u0000",
    "NaN",
    "Infinity",
    "2024-02-30",
    "24:00:00",
    "\"\"",
    "{}",
    "[]",
    "{\"a\":",
    "[[[[",
    "99999-01-01",
    "\u0000",
    "\ufeff",
    "1e2147483648",
    "CONTROL_MESSAGE",
    "logEvents",
    "-",
    "1e-2147483647",
    "\\ud83d\\ude00",
    "\\ude00",
    "\\ud83d\\u0041",
    "-Infinity",
    "0.0e7",
    "-00:30"
  };

  private final Dice dice;

  Mutations(Dice dice) {
    this.dice = dice;
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  /**
   * The message, changed in one to four places.
   *
   * @param other a message to splice with
   */
  byte[] of(byte[] message, byte[] other) {
    byte[] changed = message;
    for (int i = 1 + dice.below(1 + dice.below(4)); i > 0; i--) {
      changed = once(changed, other);
    }
    return changed.length > LONGEST && message.length <= LONGEST
        ? Arrays.copyOf(changed, LONGEST)
        : changed;
  }

  private byte[] once(byte[] message, byte[] other) {
    if (message.length == 0) {
      return dice.coin() ? other : dice.bytes(1 + dice.below(4));
    }
    int at = dice.below(message.length);
    return switch (dice.below(14)) {
      case 0 -> set(message, at, (byte) (message[at] ^ (1 << dice.below(8))));
      case 1 -> set(message, at, INTERESTING[dice.below(INTERESTING.length)]);
      case 2 -> set(message, at, (byte) (message[at] + dice.any(1, -1, 2, 16)));
      case 3 -> replace(message, at, 0, dice.bytes(1 + dice.below(4)));
      case 4 -> replace(message, at, 1 + dice.below(8), new byte[0]);
      case 5 -> Arrays.copyOf(message, at);
      case 6 -> splice(message, at, other);
      case 7 -> replace(message, at, dice.any(0, 1, 2, 4, 8), number());
      case 8 -> replace(message, at, dice.any(0, 1, 2), dice.any(VARINTS));
      case 9 -> repeat(message, at);
      case 10 -> length(message, at);
      case 11 -> replace(message, at, dice.any(0, 1, 4), text());
      case 12 -> nest(message, at);
      default -> move(message, at);
    };
  }

  private static byte[] set(byte[] message, int at, byte value) {
    byte[] changed = message.clone();
    changed[at] = value;
    return changed;
  }

  private static byte[] replace(byte[] message, int at, int count, byte[] by) {
    int after = Math.min(message.length, at + count);
    return join(Arrays.copyOf(message, at), by, Arrays.copyOfRange(message, after, message.length));
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }

  private byte[] splice(byte[] message, int at, byte[] other) {
    int from = dice.below(other.length + 1);
    return join(Arrays.copyOf(message, at), Arrays.copyOfRange(other, from, other.length));
  }

  private byte[] number() {
    int width = dice.any(1, 2, 4, 8);
    byte[] eight =
        ByteBuffer.allocate(8)
            .order(dice.coin() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
            .putLong(NUMBERS[dice.below(NUMBERS.length)])
            .array();
    return dice.coin() ? Arrays.copyOf(eight, width) : Arrays.copyOfRange(eight, 8 - width, 8);
  }

  private byte[] text() {
    return dice.any(TEXTS).getBytes(StandardCharsets.UTF_8);
  }

  /** Copies of a message, of at least so many bytes together. */
  static byte[] copies(byte[] message, int least) {
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    while (message.length > 0 && many.size() < least) {
      many.writeBytes(message);
    }
    return many.toByteArray();
  }

  private byte[] repeat(byte[] message, int at) {
    int length = 1 + dice.below(Math.min(32, message.length - at));
    int times = dice.oneIn(50) ? 1 + dice.below(3_000) : 1 + dice.below(8);
    byte[] range = Arrays.copyOfRange(message, at, at + length);
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    for (int i = 0; i < times; i++) {
      many.writeBytes(range);
    }
    return replace(message, at, 0, many.toByteArray());
  }

  /** Small bytes are often lengths, tags or counts. */
  private byte[] length(byte[] message, int at) {
    for (int i = at; i < Math.min(message.length, at + 32); i++) {
      if (message[i] >= 0 && message[i] < 64) {
        return set(message, i, (byte) dice.below(dice.coin() ? 128 : 256));
      }
    }
    return set(message, at, (byte) dice.below(128));
  }

  /** The message inside of itself; JSON inside of JSON at times. */
  private byte[] nest(byte[] message, int at) {
    if (dice.oneIn(20)) {
      int depth = dice.below(2_000);
      String open = dice.coin() ? "[" : "{\"a\":";
      return join(
          Arrays.copyOf(message, at),
          open.repeat(depth).getBytes(StandardCharsets.UTF_8),
          message,
          (open.equals("[") ? "]" : "}").repeat(depth).getBytes(StandardCharsets.UTF_8),
          Arrays.copyOfRange(message, at, message.length));
    }
    if (dice.oneIn(20)) {
      return fields(message, message[at]);
    }
    byte[] delimited = message.length < 128 ? bytes(message.length) : new byte[0];
    return replace(message, at, 0, dice.coin() ? message : join(delimited, message));
  }

  /** The message as a field of a message as a field, as Protobuf writes them. */
  private byte[] fields(byte[] message, byte tag) {
    byte[] outer = message;
    for (int levels = dice.below(150); levels > 0; levels--) {
      ByteBuffer head = ByteBuffer.allocate(6).put(tag);
      int length = outer.length;
      for (; length >= 0x80; length >>>= 7) {
        head.put((byte) (length | 0x80));
      }
      head.put((byte) length);
      outer = join(Arrays.copyOf(head.array(), head.position()), outer);
    }
    return outer;
  }

  private byte[] move(byte[] message, int at) {
    int length = 1 + dice.below(Math.min(16, message.length - at));
    byte[] range = Arrays.copyOfRange(message, at, at + length);
    byte[] without = replace(message, at, length, new byte[0]);
    return replace(without, dice.below(without.length + 1), 0, range);
  }
}
