package dev.millrace.bench;

/** What a contender of {@link PinotBench} is measured at. */
enum PinotMode {
  /** A stream without limits: what a message costs. */
  FREE(10_000),
  /** A stream with the service's limits: how fast it comes. */
  LIMITED(10_000),
  /** A stream of which all is read, in calls enough to warm up: what waiting at its tip costs. */
  IDLE(10);

  /** What a call asks for at most. */
  final int mostRecords;

  PinotMode(int mostRecords) {
    this.mostRecords = mostRecords;
  }
}
