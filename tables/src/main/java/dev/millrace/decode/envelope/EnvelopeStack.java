package dev.millrace.decode.envelope;

import dev.millrace.table.Envelope;
import java.util.List;

/** Opens a definition's envelopes, from the outside in. */
public final class EnvelopeStack {
  private final MessageContext context;
  private final List<Envelope> outsideIn;

  /**
   * @param limit the bytes that the envelopes of one record may make out of it
   */
  public EnvelopeStack(List<Envelope> outsideIn, long limit) {
    this.outsideIn = List.copyOf(outsideIn);
    this.context = new MessageContext(limit);
  }

  /** What the envelopes say about the message that was given last. */
  public MessageContext context() {
    return context;
  }

  /** A stack that gives what it holds to {@code messages}. */
  public Messages into(Messages messages) {
    Messages next = messages;
    for (int i = outsideIn.size() - 1; i >= 0; i--) {
      next = new Stage(Openers.of(outsideIn.get(i)), context, next);
    }
    return next;
  }

  /** To be called before each record. */
  public void reset() {
    context.reset();
  }

  /** One envelope and what is inside of it. */
  private record Stage(Opener opener, MessageContext context, Messages inner) implements Messages {
    @Override
    public void message(byte[] buffer, int offset, int length) {
      opener.open(buffer, offset, length, context, inner);
    }

    @Override
    public void damaged(String reason) {
      inner.damaged(reason);
    }
  }
}
