package dev.millrace.decode.json;

import static dev.millrace.decode.json.StringWords.HIGH_BITS;

/**
 * Strings and names that someone looks at. The one read last is the token: where its inside is, and
 * what there is to know of it before it is decoded. Whether it is UTF-8 is not checked here.
 */
abstract class JsonToken extends JsonText {
  private final StringUnescaper unescaper = new StringUnescaper();
  private int tokenStart;
  private int tokenEnd;
  private boolean tokenEscaped;

  /** Every byte of the token, one over the other. */
  private long tokenBits;

  /** First byte of the token. */
  public final int tokenStart() {
    return tokenStart;
  }

  /** Place after the token's last byte. */
  public final int tokenEnd() {
    return tokenEnd;
  }

  /** Whether the token has escapes and must go through a {@link StringUnescaper}. */
  public final boolean tokenEscaped() {
    return tokenEscaped;
  }

  /** Whether the token, as it stands, has ASCII only. */
  public final boolean tokenAscii() {
    return (tokenBits & HIGH_BITS) == 0;
  }

  /** Reads the name that starts here and its colon. */
  final int afterName(int name) {
    if (buffer[name] != '"') {
      throw expected(name, "a name in quotes");
    }
    int at = pastSpace(afterString(name));
    if (buffer[at] != ':') {
      throw expected(at, "':'");
    }
    return at + 1;
  }

  /** What the token is among the names. */
  final <T> MemberName<T> find(NameTable<T> names) {
    if (!tokenEscaped) {
      return names.find(buffer, tokenStart, tokenEnd);
    }
    return unescaper.unescape(buffer, tokenStart, tokenEnd)
        ? names.find(unescaper.bytes(), 0, unescaper.length())
        : names.unknown();
  }

  final int afterString(int quote) {
    int at = quote + 1;
    tokenStart = at;
    if (at <= end - Long.BYTES) {
      long word = StringWords.at(buffer, at);
      long special = StringWords.marks(word) & HIGH_BITS;
      int ordinary = StringWords.first(special);
      if (special != 0 && buffer[at + ordinary] == '"') {
        tokenEscaped = false;
        tokenBits = word & (special - 1);
        tokenEnd = at + ordinary;
        return at + ordinary + 1;
      }
    }
    return afterLongString(at);
  }

  private int afterLongString(int start) {
    tokenEscaped = false;
    tokenBits = 0;
    int at = skipOrdinary(start);
    while (at == end || buffer[at] != '"') {
      at = skipOrdinary(afterEscape(at));
      tokenEscaped = true;
    }
    tokenEnd = at;
    return at + 1;
  }

  /** The place of the next quote, backslash or control, or the end. */
  private int skipOrdinary(int start) {
    byte[] bytes = buffer;
    int wholeWords = end - Long.BYTES;
    int at = start;
    long seen = 0;
    while (at <= wholeWords) {
      long word = StringWords.at(bytes, at);
      long special = StringWords.marks(word) & HIGH_BITS;
      if (special != 0) {
        tokenBits |= seen | (word & (special - 1));
        return at + StringWords.first(special);
      }
      seen |= word;
      at += Long.BYTES;
    }
    while (at < end && isOrdinary(bytes[at])) {
      seen |= bytes[at++];
    }
    tokenBits |= seen;
    return at;
  }
}
