package dev.millrace.read;

/** The service's own token for a place in a shard. Opaque, and long: it is not printed. */
public record ShardIterator(String value) {
  @Override
  public String toString() {
    return "ShardIterator(" + value.length() + " characters)";
  }
}
