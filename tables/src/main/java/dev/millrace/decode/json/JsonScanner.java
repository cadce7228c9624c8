package dev.millrace.decode.json;

import org.jspecify.annotations.Nullable;

/**
 * Walks the JSON values in a range of bytes. The caller drives: it enters the containers it wants
 * something from and skips the other values, which are checked all the same.
 *
 * <p>Invariants: {@code position} is at the next byte to look at, and every byte before it belongs
 * to JSON that is right so far; {@code depth} counts the containers entered and not left. What is
 * wrong ends the walk with a {@link JsonSyntaxException}; the scanner then has to be {@link
 * #reset}.
 *
 * <p>Strings are looked at eight bytes at a time. Whether their bytes are UTF-8 is not checked
 * here: that matters only to a value someone wants. A value that is skipped is walked by methods
 * that take a place and give the place after, which keeps the place in a register.
 */
public final class JsonScanner extends JsonSkip {
  private int position;
  private int depth;

  /** Starts over on other bytes. A byte order mark before the first value is passed over. */
  public void reset(byte[] bytes, int offset, int length) {
    position = begin(bytes, offset, length);
    depth = 0;
  }

  /** Index of the next byte in {@link #buffer}. */
  public int position() {
    return position;
  }

  /** Whether only white space is left. */
  public boolean atEnd() {
    while (position < end && isSpace(buffer[position])) {
      position++;
    }
    return position == end;
  }

  /** The next byte that is not white space, with the position at it. */
  public byte peek() {
    position = pastSpace(position);
    return buffer[position];
  }

  /** Goes into the object at the position: true with the position at its first name. */
  public boolean enterObject() {
    enter();
    return peek() != '}' || leave();
  }

  /** After a member: true with the position at the next name, false behind the object. */
  public boolean nextMember() {
    return next('}', "',' or '}'");
  }

  /** Goes into the array at the position: true with the position at its first element. */
  public boolean enterArray() {
    enter();
    return peek() != ']' || leave();
  }

  /** After an element: true with the position at the next one, false behind the array. */
  public boolean nextElement() {
    return next(']', "',' or ']'");
  }

  private void enter() {
    depth = deeper(position, depth);
    position++;
  }

  /** Always false: nothing is left in what is left. */
  private boolean leave() {
    position++;
    depth--;
    return false;
  }

  private boolean next(char close, String expected) {
    byte b = peek();
    if (b == ',') {
      position = pastSpace(position + 1);
      return true;
    }
    if (b == close) {
      return leave();
    }
    throw expected(position, expected);
  }

  /** Reads a member's name and its colon; the name is then the token. */
  public void name() {
    position = afterName(pastSpace(position));
  }

  /**
   * Goes from the name at the position to the value of the next member that is wanted, passing over
   * what comes before.
   *
   * @param last the member before, or the table's {@link NameTable#start}
   * @return null where none is left, with the position behind the object
   */
  public <T> @Nullable MemberName<T> wantedMember(NameTable<T> names, MemberName<T> last) {
    MemberName<T> member = findWanted(names, last, position, depth);
    position = found();
    if (member == null) {
      depth--;
    }
    return member;
  }

  /** Reads the string whose opening quote is at the position; its inside is then the token. */
  public void string() {
    position = afterString(position);
  }

  /** Reads the number at the position. */
  public void number(NumberLiteral into) {
    position = afterNumber(position, into);
  }

  /** Reads {@code true}, {@code false} or {@code null} at the position; gives its first letter. */
  public byte literal() {
    byte first = buffer[position];
    position = afterLiteral(position);
    return first;
  }

  /** Passes over the value at the position. */
  public void skipValue() {
    position = afterValue(position, depth);
  }
}
