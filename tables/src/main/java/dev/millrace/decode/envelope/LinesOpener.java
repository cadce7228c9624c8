package dev.millrace.decode.envelope;

/** Lines of text, as views. Only empty ones are passed over: white space can be values. */
final class LinesOpener implements Opener {
  @Override
  public void open(byte[] buffer, int offset, int length, MessageContext context, Messages inner) {
    int end = offset + length;
    int start = offset;
    for (int at = offset; at < end; at++) {
      if (buffer[at] == '\n') {
        boolean carriageReturn = at > start && buffer[at - 1] == '\r';
        line(buffer, start, carriageReturn ? at - 1 : at, inner);
        start = at + 1;
      }
    }
    line(buffer, start, end, inner);
  }

  private static void line(byte[] buffer, int start, int end, Messages inner) {
    if (end > start) {
      inner.message(buffer, start, end - start);
    }
  }
}
