package dev.millrace.emulator.operation;

import dev.millrace.emulator.wire.Answer;
import dev.millrace.emulator.wire.ServiceException;

/** What a subscription has for its client now. */
public sealed interface Push {

  /** A SubscribeToShardEvent. */
  record Event(Answer payload) implements Push {}

  /** The subscription ends with this error. */
  record Failure(ServiceException error) implements Push {}

  /** Words without content. */
  enum Signal implements Push {
    /** No record, and no heartbeat is due. */
    NOTHING,
    /** The subscription is over. */
    END
  }
}
