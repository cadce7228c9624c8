package dev.millrace.connector.checkpoint;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A name that queries read on under.
 *
 * @param iteration none: a query reads on from where the name was, and moves the name. A number:
 *     the old connectors' way, in which a query reads on from where the iteration before it ended
 *     and writes where this one did, so that it can be repeated
 */
public record CheckpointName(String name, OptionalInt iteration) {
  public CheckpointName {
    if (name.isBlank()) {
      throw new IllegalArgumentException("A checkpoint's name is blank");
    }
    if (iteration.isPresent() && iteration.getAsInt() < 0) {
      throw new IllegalArgumentException(
          "An iteration is " + iteration.getAsInt() + "; at least 0");
    }
  }

  public static CheckpointName of(String name) {
    return new CheckpointName(name, OptionalInt.empty());
  }

  /** What is read from: none for the first iteration, which starts where a scan does otherwise. */
  Optional<String> readsFrom() {
    if (iteration.isEmpty()) {
      return Optional.of(name);
    }
    return iteration.getAsInt() == 0
        ? Optional.empty()
        : Optional.of(numbered(iteration.getAsInt() - 1));
  }

  /** What is written to. */
  String writesTo() {
    return iteration.isEmpty() ? name : numbered(iteration.getAsInt());
  }

  private String numbered(int number) {
    return name + "#" + number;
  }

  @Override
  public String toString() {
    return writesTo();
  }
}
