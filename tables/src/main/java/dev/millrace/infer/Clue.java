package dev.millrace.infer;

import dev.millrace.table.Envelope;
import java.util.Optional;

/** Tells one kind of envelope by looking at all messages at once. */
interface Clue {
  /** The envelope that is around the messages, if it is of this kind. */
  Optional<Envelope> find(Opened opened);
}
