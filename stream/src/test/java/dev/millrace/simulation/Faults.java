package dev.millrace.simulation;

import java.util.EnumMap;
import java.util.Map;

/** How often each fault strikes in this seed, and which ones did. */
@SuppressWarnings("EnumOrdinal") // A fault is a bit of a long, and a column of a table.
final class Faults {
  private static final double LEAST_RATE = 0.002;
  private static final double MOST_RATE = 0.08;

  private final Dice dice;
  private final Map<Fault, Double> rates = new EnumMap<>(Fault.class);
  private long met;
  private int delays;

  Faults(Dice dice) {
    this.dice = dice;
    for (Fault fault : Fault.values()) {
      boolean enabled = dice.chance(0.75);
      double rate = dice.skewed((long) (LEAST_RATE * 1e6), (long) (MOST_RATE * 1e6)) / 1e6;
      rates.put(fault, enabled ? rate : 0);
    }
  }

  /** Whether it happens now; if so it counts as met. */
  boolean strikes(Fault fault) {
    return strikes(fault, 1);
  }

  /** As {@link #strikes(Fault)}, so many times as often. */
  boolean strikes(Fault fault, double factor) {
    boolean now = dice.chance(Math.min(0.5, rates.getOrDefault(fault, 0.0) * factor));
    if (now) {
      met(fault);
    }
    return now;
  }

  /** Whether it can happen in this seed at all. */
  boolean isEnabled(Fault fault) {
    return rates.getOrDefault(fault, 0.0) > 0;
  }

  /** A reader's call met it. */
  void met(Fault fault) {
    met |= 1L << fault.ordinal();
    delays += fault.delays() ? 1 : 0;
  }

  /** A bit for each fault that was met. */
  long met() {
    return met;
  }

  /** How many of them cost a reader time. */
  int delays() {
    return delays;
  }
}
