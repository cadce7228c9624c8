package dev.millrace.stream;

/** A shard's name. Opaque: its digits carry no promise and are never parsed. */
public record ShardId(String value) implements Comparable<ShardId> {
  public ShardId {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("A shard id is empty");
    }
  }

  @Override
  public int compareTo(ShardId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
