package dev.millrace.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The same seeds every time, so that a build says the same twice; {@link SimulatorMain} runs any
 * others.
 */
class SimulatorTest {
  private static final long SEEDS = 10_000;
  private static final long LEAST_TOGETHER = 100;

  @Test
  void seeds_keepEveryPromiseUnderEveryPairOfFaults() {
    Campaign campaign = Campaign.run(0, SEEDS, Runtime.getRuntime().availableProcessors());
    assertThat(campaign.failures()).isEmpty();
    assertThat(campaign.seeds()).isEqualTo(SEEDS);
    assertThat(campaign.leastReshards()).isGreaterThanOrEqualTo(5);
    assertThat(campaign.leastRecords()).isGreaterThanOrEqualTo(1_000);
    assertThat(campaign.leastKinds()).isGreaterThanOrEqualTo(5);
    assertThat(rarePairs(campaign)).as(campaign.table()).isEmpty();
  }

  private static List<String> rarePairs(Campaign campaign) {
    List<String> rare = new ArrayList<>();
    for (Fault a : Fault.values()) {
      for (Fault b : Fault.values()) {
        if (a.compareTo(b) < 0 && campaign.together(a, b) < LEAST_TOGETHER) {
          rare.add(a + " and " + b + ": " + campaign.together(a, b));
        }
      }
    }
    return rare;
  }

  @Test
  void sameSeed_takesTheSameCourse() {
    for (long seed = 0; seed < 50; seed++) {
      Outcome first = Simulation.run(seed, Trace.silent());
      assertThat(Simulation.run(seed, Trace.silent())).isEqualTo(first);
    }
  }

  @Test
  void otherSeed_takesAnotherCourse() {
    assertThat(Simulation.run(1, Trace.silent()).hash())
        .isNotEqualTo(Simulation.run(2, Trace.silent()).hash());
  }
}
