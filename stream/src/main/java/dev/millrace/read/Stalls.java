package dev.millrace.read;

import java.util.OptionalLong;

/**
 * How long a bounded scan has been getting nowhere: nothing comes, and the lag does not fall below
 * everything seen so far. A lag that only goes up and down is no progress.
 */
final class Stalls {
  /** How many answers without progress, once the bound's instant is over, end a bounded scan. */
  static final int MAX_ANSWERS = 20;

  /** How many pushes without records or progress a bounded scan waits for. */
  private static final int MAX_PUSHES = 3;

  private int answers;
  private int pushes;
  private long lowestLag = Long.MAX_VALUE;

  /** Records came. */
  void over() {
    answers = 0;
    pushes = 0;
    lowestLag = Long.MAX_VALUE;
  }

  /**
   * An empty answer came.
   *
   * @param counts whether the bound's instant is over
   * @return true where it was one too many
   */
  boolean answer(OptionalLong millisBehind, boolean counts) {
    boolean progress = isFalling(millisBehind);
    answers = counts && !progress ? answers + 1 : 0;
    return answers >= MAX_ANSWERS;
  }

  /** As {@link #answer}, for an empty push. */
  boolean push(OptionalLong millisBehind) {
    if (!isFalling(millisBehind)) {
      pushes++;
    }
    return pushes >= MAX_PUSHES;
  }

  private boolean isFalling(OptionalLong millisBehind) {
    boolean falling = millisBehind.isPresent() && millisBehind.getAsLong() < lowestLag;
    lowestLag = falling ? millisBehind.getAsLong() : lowestLag;
    return falling;
  }
}
