package dev.millrace.simulation;

import dev.millrace.stream.SequenceNumber;
import java.math.BigInteger;

/** Growing sequence numbers that cross a power of ten early on. */
final class Sequences {
  private final Dice dice;
  private final BigInteger base;
  private long last;

  Sequences(Dice dice) {
    this.dice = dice;
    int width = dice.chance(0.3) ? 55 : dice.between(3, 20);
    long before = dice.between(1, 6_000);
    this.base = BigInteger.TEN.pow(width).subtract(BigInteger.valueOf(before)).max(BigInteger.ONE);
  }

  SequenceNumber next() {
    last += dice.between(1, 6);
    return new SequenceNumber(base.add(BigInteger.valueOf(last)).toString());
  }
}
