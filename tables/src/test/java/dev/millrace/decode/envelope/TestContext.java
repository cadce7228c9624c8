package dev.millrace.decode.envelope;

import java.util.UUID;

/** What envelopes say, without the envelopes. */
public final class TestContext {
  private TestContext() {}

  public static MessageContext ofSchema(UUID version) {
    MessageContext context = new MessageContext(1 << 20);
    context.schemaVersion(version);
    return context;
  }
}
