package dev.millrace.infer;

import dev.millrace.table.Compression;
import dev.millrace.table.Envelope;
import java.util.ArrayList;
import java.util.List;

/**
 * The sample, opened so far.
 *
 * @param envelopes from the outside in
 * @param messages what the innermost envelope holds
 */
record Opened(Compression compression, List<Envelope> envelopes, List<Message> messages) {
  Opened {
    envelopes = List.copyOf(envelopes);
    messages = List.copyOf(messages);
  }

  static Opened of(List<Message> messages) {
    return new Opened(Compression.UNCOMPRESSED, List.of(), messages);
  }

  /** One envelope further in. The outermost compression has a key of its own in a definition. */
  Opened inside(Envelope envelope, List<Message> inner) {
    if (envelopes.isEmpty()
        && compression == Compression.UNCOMPRESSED
        && envelope instanceof Envelope.Compressed compressed) {
      return new Opened(compressed.compression(), envelopes, inner);
    }
    List<Envelope> all = new ArrayList<>(envelopes);
    all.add(envelope);
    return new Opened(compression, all, inner);
  }

  boolean has(Class<? extends Envelope> kind) {
    return envelopes.stream().anyMatch(kind::isInstance);
  }
}
