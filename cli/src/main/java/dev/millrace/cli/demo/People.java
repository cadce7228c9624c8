package dev.millrace.cli.demo;

import java.util.List;
import java.util.random.RandomGenerator;

/** Who acts in the demo: a few very busy, most of them seldom seen, as everywhere. */
final class People {
  /** Someone with an account on the forge and, perhaps, an order in the shop. */
  record Person(int id, String login, String country) {}

  private static final List<String> FIRST =
      List.of(
          "ada", "bo", "chen", "dara", "eli", "fatima", "goran", "hana", "ines", "jun", "kofi",
          "lena", "mio", "nils", "oumar", "priya", "quinn", "rosa", "sven", "tomoko");
  private static final List<String> SECOND =
      List.of("dev", "codes", "io", "ops", "lab", "rs", "build", "hub", "42", "bytes");
  private static final List<String> COUNTRIES =
      List.of("DE", "US", "IN", "BR", "JP", "FR", "GH", "SE", "PT", "CN");

  /** How many there are. */
  static final int COUNT = FIRST.size() * SECOND.size();

  private People() {}

  static Person pick(RandomGenerator random) {
    double skewed = Math.pow(random.nextDouble(), 3);
    return person((int) (skewed * COUNT));
  }

  static Person person(int number) {
    String login = FIRST.get(number % FIRST.size()) + "-" + SECOND.get(number / FIRST.size());
    return new Person(1000 + number * 37, login, COUNTRIES.get((number * 7) % COUNTRIES.size()));
  }
}
