package dev.millrace.simulation;

/** A consumer at work. */
interface Scenario {
  /** What it is about, for whoever replays it. */
  String describe();

  /** Puts its first event on the scheduler. */
  void begin();

  boolean isOver();

  /** The records and the ends it was handed. */
  long delivered();
}
