package dev.millrace.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A simulator that finds nothing may be unable to: it must find every fault put in on purpose. */
class MutantsTest {
  private static final int MOST_SEEDS = 1_000;

  private final Queue<Mutant> left = new ConcurrentLinkedQueue<>(Mutants.all());
  private final Map<String, String> caught = new ConcurrentSkipListMap<>();
  private final Queue<String> problems = new ConcurrentLinkedQueue<>();

  @Test
  void everyMutant_isCaught() throws InterruptedException {
    List<Thread> threads = Stream.of("a", "b").map(n -> new Thread(this::work, n)).toList();
    for (Thread thread : threads) {
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    caught.forEach((mutant, how) -> System.out.println(mutant + " | " + how));
    assertThat(problems).isEmpty();
    assertThat(caught).hasSizeGreaterThanOrEqualTo(18);
  }

  private void work() {
    for (Mutant mutant = left.poll(); mutant != null; mutant = left.poll()) {
      try {
        run(mutant);
      } catch (RuntimeException e) {
        problems.add(mutant.name() + ": " + e);
      }
    }
  }

  private void run(Mutant mutant) {
    LongFunction<String> simulator = MutantClasses.simulatorOf(mutant);
    for (long seed = mutant.firstSeed(); seed < mutant.firstSeed() + MOST_SEEDS; seed++) {
      String violation = simulator.apply(seed);
      if (!violation.isEmpty()) {
        String first = violation.lines().findFirst().orElseThrow();
        caught.put(mutant.name(), "seed " + seed + " | " + first);
        return;
      }
    }
    problems.add(mutant.name() + ": not caught by " + MOST_SEEDS + " seeds");
  }
}
