package dev.millrace.decode.envelope;

import dev.millrace.table.Envelope;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a stack of envelopes held: texts, and reasons after an exclamation mark. */
final class Opened implements Messages {
  static final long LIMIT = 1 << 20;

  private final List<String> all = new ArrayList<>();
  private final List<String> wrappers = new ArrayList<>();
  private final EnvelopeStack stack;
  private final Messages outermost;

  Opened(Envelope... outsideIn) {
    stack = new EnvelopeStack(List.of(outsideIn), LIMIT);
    outermost = stack.into(this);
  }

  static List<String> open(String data, Envelope... outsideIn) {
    return open(data.getBytes(StandardCharsets.UTF_8), outsideIn);
  }

  static List<String> open(byte[] data, Envelope... outsideIn) {
    return new Opened(outsideIn).record(data).all();
  }

  /** Opens one more record, with foreign bytes around it, which are gone afterwards. */
  Opened record(byte[] data) {
    all.clear();
    wrappers.clear();
    byte[] shared = new byte[data.length + 11];
    Arrays.fill(shared, (byte) '"');
    System.arraycopy(data, 0, shared, 6, data.length);
    stack.reset();
    outermost.message(shared, 6, data.length);
    Arrays.fill(shared, (byte) '#');
    return this;
  }

  List<String> all() {
    return all;
  }

  /** The document around each message; empty where there is none. */
  List<String> wrappers() {
    return wrappers;
  }

  MessageContext context() {
    return stack.context();
  }

  @Override
  public void message(byte[] buffer, int offset, int length) {
    all.add(new String(buffer, offset, length, StandardCharsets.ISO_8859_1));
    wrapper();
  }

  @Override
  public void damaged(String reason) {
    all.add("!" + reason);
    wrapper();
  }

  private void wrapper() {
    Wrapper wrapper = stack.context().wrapper();
    if (!wrapper.isInView()) {
      wrappers.add("");
      return;
    }
    String problem = wrapper.open();
    wrappers.add(
        problem == null
            ? new String(
                wrapper.buffer(), wrapper.offset(), wrapper.length(), StandardCharsets.ISO_8859_1)
            : "!" + problem);
  }
}
