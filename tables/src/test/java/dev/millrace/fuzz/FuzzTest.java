package dev.millrace.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.fuzz.FuzzCase.Origins;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A few inputs of each format, the same in every build; FuzzMain runs any others. */
class FuzzTest {
  private static final int INPUTS = 33_000;

  @ParameterizedTest
  @EnumSource
  void anyInput_makesRowsOrReasons(FuzzKind kind) {
    FuzzRun run = new FuzzRun(1, Optional.of(kind));
    run.run(INPUTS);
    assertThat(run.share(Origins.MUTATED_INSIDE, Origins.MUTATED_OUTSIDE)).isGreaterThan(0.8);
    FuzzRun.Tally tally = run.tallies().get(kind);
    assertThat(tally).isNotNull();
    assertThat(tally.whole()).isPositive();
    assertThat(tally.bad()).isPositive();
  }
}
