package dev.millrace.decode.envelope;

import org.jspecify.annotations.Nullable;

/**
 * The JSON document around the message in view. Where the document has an array of which each
 * element makes a row, the row's element stands in place of the array; such a document is put
 * together only when someone asks for it.
 */
public final class Wrapper {
  private static final byte[] NOTHING = {};

  private final MessageContext context;
  private final Output made = new Output();
  private byte[] source = NOTHING;
  private Range document = Range.NONE;
  private Range array = Range.NONE;
  private Range element = Range.NONE;
  private boolean opened;
  private boolean read;

  Wrapper(MessageContext context) {
    this.context = context;
  }

  /** Called for every record, most of which have nothing around them. */
  void clear() {
    if (isInView()) {
      source = NOTHING;
      document = Range.NONE;
      opened = false;
    }
  }

  void view(byte[] bytes, Range range) {
    view(bytes, range, range, range);
  }

  void view(byte[] bytes, Range whole, Range rows, Range row) {
    source = bytes;
    document = whole;
    array = rows;
    element = row;
    opened = false;
    read = false;
  }

  /** Whether there is one around the message, or around what would be one if it were not broken. */
  public boolean isInView() {
    return !document.isNone();
  }

  /** To be called before the document is looked at; gives null, or why it cannot be. */
  public @Nullable String open() {
    if (read && !context.readAgain(length())) {
      return "the JSON around the message is too long to be read for each of so many rows";
    }
    read = true;
    if (opened || isAsItCame()) {
      return null;
    }
    int size = document.length() - array.length() + element.length();
    if (size > context.left() || !context.spend(size)) {
      return context.tooLarge();
    }
    made.begin(size);
    made.append(source, document.start(), array.start() - document.start());
    made.append(source, element.start(), element.length());
    made.append(source, array.end(), document.end() - array.end());
    opened = true;
    return null;
  }

  private boolean isAsItCame() {
    return array.equals(element);
  }

  /** Holds the document, {@link #length} bytes from {@link #offset}. */
  public byte[] buffer() {
    return isAsItCame() ? source : made.array();
  }

  public int offset() {
    return isAsItCame() ? document.start() : 0;
  }

  public int length() {
    return isAsItCame() ? document.length() : made.length();
  }
}
