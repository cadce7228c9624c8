package dev.millrace.decode.json;

import static dev.millrace.decode.json.StringWords.HIGH_BITS;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values that nobody looks at. They are checked as all others, since a message that is damaged
 * anywhere is no JSON; nothing is noted of them.
 */
abstract class JsonSkip extends JsonToken {
  private static final int TWO_WORDS = 2 * Long.BYTES;

  private final NumberLiteral number = new NumberLiteral();
  private final NameTable<Void> names = new NameTable<>(Map.of());
  private int found;

  /** Passes over the value that is next, within so many containers. */
  final int afterValue(int start, int level) {
    int at = pastSpace(start);
    byte first = buffer[at];
    if (first == '"') {
      return afterSkippedString(at + 1);
    }
    // Digits and the minus: of what comes before the colon no other byte begins a value.
    return first < ':' ? afterSkippedNumber(at) : afterOther(at, level);
  }

  private int afterOther(int at, int level) {
    return switch (buffer[at]) {
      case '{' -> afterObject(at, deeper(at, level));
      case '[' -> afterArray(at, deeper(at, level));
      default -> afterLiteral(at);
    };
  }

  /** The two words that most strings end in are looked at without a loop. */
  private int afterSkippedString(int start) {
    byte[] bytes = buffer;
    if (start <= end - TWO_WORDS) {
      long first = StringWords.marks(StringWords.at(bytes, start));
      long second = StringWords.marks(StringWords.at(bytes, start + Long.BYTES));
      if (((first | second) & HIGH_BITS) != 0) {
        int at = start + StringWords.first(first & HIGH_BITS, second & HIGH_BITS);
        return bytes[at] == '"' ? at + 1 : afterUnusual(at);
      }
    }
    return afterUnusual(start);
  }

  private int afterUnusual(int start) {
    int at = afterOrdinary(start);
    while (at == end || buffer[at] != '"') {
      at = afterOrdinary(afterEscape(at));
    }
    return at + 1;
  }

  /** The place of the next quote, backslash or control, or the end. */
  private int afterOrdinary(int start) {
    byte[] bytes = buffer;
    int twoWords = end - TWO_WORDS;
    int at = start;
    while (at <= twoWords) {
      long first = StringWords.marks(StringWords.at(bytes, at));
      long second = StringWords.marks(StringWords.at(bytes, at + Long.BYTES));
      if (((first | second) & HIGH_BITS) != 0) {
        return at + StringWords.first(first & HIGH_BITS, second & HIGH_BITS);
      }
      at += TWO_WORDS;
    }
    while (at < end && isOrdinary(bytes[at])) {
      at++;
    }
    return at;
  }

  /** A number without an exponent is digits, twice at most; all else is read with care. */
  private int afterSkippedNumber(int start) {
    int first = buffer[start] == '-' ? start + 1 : start;
    int at = afterDigits(first);
    if (at == first || at == end || (at > first + 1 && buffer[first] == '0')) {
      return afterNumber(start, number);
    }
    if (buffer[at] == '.') {
      int fraction = at + 1;
      at = afterDigits(fraction);
      if (at == fraction || at == end) {
        return afterNumber(start, number);
      }
    }
    return (buffer[at] | 0x20) == 'e' ? afterNumber(start, number) : at;
  }

  private int afterDigits(int start) {
    byte[] bytes = buffer;
    int at = start;
    while (at <= end - Long.BYTES) {
      long others = StringWords.othersThanDigits(StringWords.at(bytes, at));
      if (others != 0) {
        return at + StringWords.first(others);
      }
      at += Long.BYTES;
    }
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    return at;
  }

  private int afterObject(int open, int level) {
    int at = pastSpace(open + 1);
    if (buffer[at] == '}') {
      return at + 1;
    }
    findWanted(names, names.start(), at, level);
    return found;
  }

  /**
   * Passes over members up to the next one that is wanted.
   *
   * @param last the member before the one that starts here
   * @return null without any; {@link #found} is then behind the object, and else at the value
   */
  final <T> @Nullable MemberName<T> findWanted(
      NameTable<T> table, MemberName<T> last, int start, int level) {
    MemberName<T> member = last;
    int at = start;
    while (true) {
      MemberName<T> foreseen = member.foreseen(buffer, at, end);
      if (foreseen != null) {
        at += foreseen.writtenLength();
      } else {
        at = afterName(at);
        foreseen = find(table);
        member.foresee(foreseen);
      }
      member = foreseen;
      if (member.meaning() != null) {
        found = at;
        return member;
      }
      at = pastSpace(afterValue(at, level));
      byte b = buffer[at];
      if (b != ',') {
        found = afterClosing(at);
        return null;
      }
      at = pastSpace(at + 1);
    }
  }

  private int afterClosing(int at) {
    if (buffer[at] != '}') {
      throw expected(at, "',' or '}'");
    }
    return at + 1;
  }

  /** Where {@link #findWanted} came to. */
  final int found() {
    return found;
  }

  private int afterArray(int open, int level) {
    int at = pastSpace(open + 1);
    if (buffer[at] == ']') {
      return at + 1;
    }
    while (true) {
      at = pastSpace(afterValue(at, level));
      byte b = buffer[at];
      if (b == ']') {
        return at + 1;
      }
      if (b != ',') {
        throw expected(at, "',' or ']'");
      }
      at++;
    }
  }
}
