package dev.millrace.read;

/** Whose limits a shard is read within. */
public enum ReadLimits {
  /** As fast as the service allows. */
  SERVICE,
  /** As fast as records come, from an endpoint that allows it. */
  NONE;

  public Pacing pacing() {
    return switch (this) {
      case SERVICE -> Pacing.ofService();
      case NONE -> Pacing.unlimited();
    };
  }
}
