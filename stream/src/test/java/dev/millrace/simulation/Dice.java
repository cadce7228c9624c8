package dev.millrace.simulation;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Where a seed's decisions come from. */
final class Dice {
  private final SplittableRandom random;

  Dice(long seed) {
    this(new SplittableRandom(seed));
  }

  private Dice(SplittableRandom random) {
    this.random = random;
  }

  /** Dice of its own, so that what is decided with them shifts no other decision. */
  Dice fork() {
    return new Dice(random.split());
  }

  RandomGenerator generator() {
    return random;
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** Both ends are possible. */
  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  /** Both ends are possible. */
  long between(long least, long most) {
    return random.nextLong(least, most + 1);
  }

  /** Every order of magnitude as likely as another. */
  long skewed(long least, long most) {
    double low = Math.log((double) least);
    double power = low + random.nextDouble() * (Math.log((double) most) - low);
    return Math.min(most, Math.max(least, Math.round(Math.exp(power))));
  }

  <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
