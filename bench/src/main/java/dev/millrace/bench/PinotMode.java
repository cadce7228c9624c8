package dev.millrace.bench;

/** What a contender of {@link PinotBench} is measured at. */
enum PinotMode {
  /** A stream without limits: what a message costs. */
  FREE,
  /** A stream with the service's limits: how fast it comes. */
  LIMITED,
  /** The same stream when all is read: what waiting costs. */
  IDLE
}
