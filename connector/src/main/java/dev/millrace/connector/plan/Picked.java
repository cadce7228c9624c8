package dev.millrace.connector.plan;

import java.util.Optional;

/** One of two values, either of which may be missing. */
final class Picked {
  private Picked() {}

  static <T extends Comparable<? super T>> Optional<T> greater(Optional<T> one, Optional<T> other) {
    return one.isPresent() && other.isPresent()
        ? Optional.of(one.get().compareTo(other.get()) > 0 ? one.get() : other.get())
        : one.or(() -> other);
  }

  static <T extends Comparable<? super T>> Optional<T> smaller(Optional<T> one, Optional<T> other) {
    return one.isPresent() && other.isPresent()
        ? Optional.of(one.get().compareTo(other.get()) < 0 ? one.get() : other.get())
        : one.or(() -> other);
  }
}
