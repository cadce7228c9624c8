package dev.millrace.cli;

import dev.millrace.read.ControlCalls;
import dev.millrace.read.Kinesis;
import dev.millrace.read.Pause;
import java.util.Random;

/** Calls to the service outside of reading records. */
final class Calls {
  private Calls() {}

  static ControlCalls to(Kinesis kinesis) {
    return new ControlCalls(kinesis, new Random(), Pause.sleeping());
  }
}
