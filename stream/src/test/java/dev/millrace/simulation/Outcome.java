package dev.millrace.simulation;

/**
 * What one seed came to.
 *
 * @param violation what went wrong, empty if nothing did
 * @param faults a bit for each fault that was met
 */
record Outcome(
    long seed,
    String scenario,
    String violation,
    long hash,
    long faults,
    int reshards,
    long userRecords,
    long delivered) {

  boolean failed() {
    return !violation.isEmpty();
  }

  int kindsOfFault() {
    return Long.bitCount(faults);
  }

  @Override
  public String toString() {
    return "seed "
        + seed
        + " ("
        + scenario
        + ")"
        + (failed() ? ": " + violation + "\n  replay with SimulatorMain --seed " + seed : "");
  }
}
