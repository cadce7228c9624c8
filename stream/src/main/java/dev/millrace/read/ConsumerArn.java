package dev.millrace.read;

/** A registered enhanced fan-out consumer of a stream. */
public record ConsumerArn(String value) {
  @Override
  public String toString() {
    return value;
  }
}
