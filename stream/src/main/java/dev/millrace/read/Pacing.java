package dev.millrace.read;

/** How fast one shard may be read, all its readers in this JVM together. */
public record Pacing(double callsPerSecond, double bytesPerSecond) {

  /** What the service allows a shard's pollers: 5 GetRecords calls and 2 MB a second. */
  public static Pacing ofService() {
    return new Pacing(5, 2_000_000);
  }

  /** For endpoints without limits, such as an emulator under measurement. */
  public static Pacing unlimited() {
    return new Pacing(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
  }
}
