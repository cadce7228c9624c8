package dev.millrace.decode.envelope;

import dev.millrace.table.Envelope;

/** The opener of each kind of envelope. */
final class Openers {
  private Openers() {}

  static Opener of(Envelope envelope) {
    if (envelope instanceof Envelope.JsonLines) {
      return new JsonLinesOpener();
    }
    throw new UnsupportedOperationException("not an envelope that can be opened: " + envelope);
  }
}
