package dev.millrace.infer;

import dev.millrace.decode.envelope.Decompression;
import dev.millrace.decode.envelope.EnvelopeStack;
import dev.millrace.decode.envelope.Messages;
import dev.millrace.table.Compression;
import dev.millrace.table.Envelope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What one envelope around messages holds, as the decoder will find it. */
final class Contents implements Messages {
  /** What the envelopes of one record may make out of it. */
  private static final int LIMIT = 64 << 20;

  /** Types are guessed from so much; the rest of a sample is decoded all the same. */
  private static final long MAX_BYTES = 128L << 20;

  private final List<Message> inner = new ArrayList<>();
  private final Consumer<Message> opener;
  private Supplier<Optional<UUID>> schema = Optional::empty;
  private long bytes;
  private boolean damaged;
  private Message current;

  private Contents(Envelope envelope, Message first) {
    this.opener =
        envelope instanceof Envelope.Compressed compressed
            ? decompressing(compressed.compression())
            : opening(envelope);
    this.current = first;
  }

  private Consumer<Message> decompressing(Compression compression) {
    Decompression decompression = new Decompression(compression);
    return message -> {
      byte[] bytes = message.bytes();
      String problem = decompression.open(bytes, 0, bytes.length, LIMIT);
      if (problem == null) {
        message(decompression.buffer(), decompression.offset(), decompression.length());
      } else {
        damaged(problem);
      }
    };
  }

  private Consumer<Message> opening(Envelope envelope) {
    EnvelopeStack stack = new EnvelopeStack(List.of(envelope), LIMIT);
    Messages into = stack.into(this);
    schema = () -> Optional.ofNullable(stack.context().schemaVersion());
    return message -> {
      stack.reset();
      into.message(message.bytes(), 0, message.bytes().length);
    };
  }

  /** All that the envelopes hold; what cannot be opened is left out. */
  static List<Message> of(Envelope envelope, List<Message> messages) {
    if (messages.isEmpty()) {
      return messages;
    }
    Contents contents = new Contents(envelope, messages.get(0));
    messages.forEach(contents::open);
    return contents.inner;
  }

  /** Whether the message is an envelope of this kind, whole. */
  static boolean isWhole(Envelope envelope, Message message) {
    Contents contents = new Contents(envelope, message);
    contents.open(message);
    return !contents.damaged;
  }

  private void open(Message message) {
    current = message;
    opener.accept(message);
  }

  @Override
  public void message(byte[] buffer, int offset, int length) {
    if (bytes + length <= MAX_BYTES || inner.isEmpty()) {
      bytes += length;
      inner.add(
          new Message(
              Arrays.copyOfRange(buffer, offset, offset + length),
              current.record(),
              schema.get().or(current::schema)));
    }
  }

  @Override
  public void damaged(String reason) {
    damaged = true;
  }
}
