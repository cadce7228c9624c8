package dev.millrace.connector.split;

import java.util.Optional;

/** The parts of a split in the order in which they are read. Each row belongs to exactly one. */
interface Slices {

  /** The next part; empty where the whole split was read. */
  Optional<Slice> next();

  /** One part: the whole. */
  static Slices whole(Slice split) {
    return new Slices() {
      private boolean taken;

      @Override
      public Optional<Slice> next() {
        boolean first = !taken;
        taken = true;
        return first ? Optional.of(split) : Optional.empty();
      }
    };
  }
}
