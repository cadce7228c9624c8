package dev.millrace.emulator.operation;

import dev.millrace.emulator.wire.Answer;
import dev.millrace.emulator.wire.Fields;

/** One operation of the service. Refuses with a {@code ServiceException}. */
interface Operation {
  Answer answer(Fields request);
}
