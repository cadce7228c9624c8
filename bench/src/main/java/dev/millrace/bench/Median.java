package dev.millrace.bench;

import java.util.List;

final class Median {

  private Median() {}

  /** The upper one of the two in the middle. */
  static double of(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }
}
