package dev.millrace.decode.envelope;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Base64 in the standard or the URL alphabet, padded or not, with white space at its ends. The
 * JDK's decoders know one alphabet each and make an array for each message.
 */
final class Base64Opener implements Opener {
  private static final byte NONE = -1;
  private static final byte[] VALUES = values();

  private final Output output = new Output();
  private byte[] input = new byte[0];
  private int origin;

  private static byte[] values() {
    byte[] values = new byte[256];
    Arrays.fill(values, NONE);
    String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int i = 0; i < letters.length(); i++) {
      values[letters.charAt(i)] = (byte) i;
    }
    values['-'] = values['+'];
    values['_'] = values['/'];
    return values;
  }

  @Override
  public void open(byte[] buffer, int offset, int length, MessageContext context, Messages inner) {
    input = buffer;
    origin = offset;
    int start = offset;
    int end = offset + length;
    while (start < end && isWhiteSpace(buffer[start])) {
      start++;
    }
    while (end > start && isWhiteSpace(buffer[end - 1])) {
      end--;
    }
    output.begin(context.left());
    String problem = decode(start, end);
    if (problem != null) {
      inner.damaged(problem);
    } else if (output.isOverLimit()) {
      inner.damaged(context.tooLarge());
    } else {
      context.spend(output.length());
      inner.message(output.array(), 0, output.length());
    }
    input = new byte[0];
  }

  private static boolean isWhiteSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  private @Nullable String decode(int start, int end) {
    int letters = end;
    while (letters > start && end - letters < 2 && input[letters - 1] == '=') {
      letters--;
    }
    int over = (letters - start) % 4;
    int padding = end - letters;
    if (padding > 0 && (letters - start + padding) % 4 != 0) {
      return "the base64 is padded wrongly: %d letters and %d of '='"
          .formatted(letters - start, padding);
    }
    int size = (int) ((letters - start) * 3L / 4);
    if (!output.require(size)) {
      output.advance(output.limit() + 1);
      return null;
    }
    int fault = groups(start, letters);
    if (fault >= 0) {
      return "the base64 is broken at byte %d: 0x%02X is no letter of it"
          .formatted(fault - origin, input[fault] & 0xFF);
    }
    return over == 1 ? "the base64 is truncated: one letter is left over" : null;
  }

  /** Decodes the letters; gives the place of what is none, or -1. */
  private int groups(int start, int end) {
    byte[] made = output.array();
    int to = 0;
    int bits = 0;
    int count = 0;
    for (int at = start; at < end; at++) {
      int value = VALUES[input[at] & 0xFF];
      if (value < 0) {
        return at;
      }
      bits = bits << 6 | value;
      count += 6;
      if (count >= 8) {
        count -= 8;
        made[to++] = (byte) (bits >> count);
      }
    }
    output.advance(to);
    return -1;
  }
}
