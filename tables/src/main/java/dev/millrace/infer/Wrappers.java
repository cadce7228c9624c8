package dev.millrace.infer;

import dev.millrace.table.Envelope;

/** JSON around messages, which a definition can have once. */
final class Wrappers {
  private Wrappers() {}

  static boolean isInside(Opened opened) {
    return opened.has(Envelope.CloudWatchLogs.class) || opened.has(Envelope.JsonWrapper.class);
  }
}
