package dev.millrace.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ShardBudgetTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long MILLI = 1_000_000L;

  @Test
  void calls_neverMoreThanFiveInAnySecond_whenAskedAtRandomTimes() {
    long seed = 42;
    Random random = new Random(seed);
    ShardBudget budget = new ShardBudget(Pacing.ofService());
    List<Long> taken = new ArrayList<>();
    long now = 0;
    for (int i = 0; i < 10_000; i++) {
      now += random.nextLong(SECOND / 5);
      if (budget.takeCall(now) == 0) {
        taken.add(now);
        budget.received(now, now, 0);
      }
    }
    for (int i = 5; i < taken.size(); i++) {
      assertThat(taken.get(i) - taken.get(i - 5))
          .as("seed %d", seed)
          .isGreaterThanOrEqualTo(SECOND);
    }
    assertThat(taken.size()).isGreaterThan(1_000);
  }

  @Test
  void calls_waitSaysExactlyHowLong() {
    ShardBudget budget = new ShardBudget(Pacing.ofService());
    for (int i = 0; i < 5; i++) {
      assertThat(budget.takeCall(i)).isZero();
      budget.received(i, i, 0);
    }
    assertThat(budget.takeCall(10)).isEqualTo(SECOND + 2 * MILLI - 10);
    assertThat(budget.takeCall(SECOND + 2 * MILLI)).isZero();
  }

  @Test
  void bytes_tenMegabyteAnswer_delaysTheNextCallByFiveSeconds() {
    ShardBudget budget = new ShardBudget(Pacing.ofService());
    assertThat(budget.takeCall(0)).isZero();
    budget.received(0, 0, 10_000_000);
    assertThat(budget.takeCall(1)).isEqualTo(5 * SECOND - 1);
    assertThat(budget.takeCall(5 * SECOND)).isZero();
  }

  @Test
  void bytes_arePaidForFromTheMomentTheyWereAskedFor() {
    ShardBudget budget = new ShardBudget(Pacing.ofService());
    assertThat(budget.takeCall(0)).isZero();
    budget.received(0, 200 * MILLI, 2_000_000);
    assertThat(budget.takeCall(200 * MILLI)).isEqualTo(SECOND + MILLI - 200 * MILLI);
  }

  @Test
  void secondReader_waitsForTheCallUnderWay() {
    ShardBudget budget = new ShardBudget(Pacing.ofService());
    assertThat(budget.takeCall(0)).isZero();
    assertThat(budget.takeCall(1)).isPositive();
    budget.received(0, 2, 0);
    assertThat(budget.takeCall(3)).isZero();
    budget.failed(3, 3);
    assertThat(budget.takeCall(4)).isZero();
    budget.throttled(4, 5);
    assertThat(budget.takeCall(SECOND)).isZero();
    assertThat(budget.takeCall(10 * SECOND)).as("nobody told").isPositive();
    assertThat(budget.takeCall(11 * SECOND)).as("lost").isZero();
    budget.received(SECOND, 11 * SECOND + 1, 2_000_000);
    assertThat(budget.takeCall(11 * SECOND + 2)).as("another one is under way").isPositive();
  }

  @Test
  void besideARival_answersAreSmallAndCostMore() {
    ShardBudget budget = new ShardBudget(Pacing.ofService());
    assertThat(budget.records(10_000, 1_000, 0)).isEqualTo(10_000);
    budget.throttled(0, 0);
    assertThat(budget.records(10_000, 1_000, 0)).isEqualTo(800);
    assertThat(budget.records(10_000, 100, 0)).isEqualTo(8_000);
    assertThat(budget.records(10_000, 10_000_000, 0)).isEqualTo(1);
    assertThat(budget.takeCall(0)).isZero();
    budget.received(0, 0, 2_000_000);
    assertThat(budget.takeCall(0)).isEqualTo(2 * SECOND);
    assertThat(budget.records(10_000, 1_000, 15 * SECOND)).isEqualTo(10_000);
  }

  @Test
  void bytes_monotonicClockMayBeNegative() {
    ShardBudget budget = new ShardBudget(Pacing.ofService());
    long start = Long.MIN_VALUE / 2;
    assertThat(budget.takeCall(start)).isZero();
    budget.received(start, start, 2_000_000);
    assertThat(budget.takeCall(start)).isEqualTo(SECOND);
  }

  @Test
  void iterators_fiveASecond() {
    ShardBudget budget = new ShardBudget(Pacing.ofService());
    assertThat(budget.takeIterator(0)).isZero();
    assertThat(budget.takeIterator(1)).isEqualTo(SECOND / 5 - 1);
    assertThat(budget.takeIterator(SECOND / 5)).isZero();
  }

  @Test
  void unlimited_neverWaits() {
    ShardBudget budget = new ShardBudget(Pacing.unlimited());
    for (int i = 0; i < 100; i++) {
      assertThat(budget.takeCall(0)).isZero();
      budget.received(0, 0, 10_000_000);
    }
  }

  @Test
  void budgets_areSharedByAllReadersOfAShard() {
    ShardBudgets budgets = new ShardBudgets(Pacing.ofService());
    var shard = new dev.millrace.stream.ShardId("s");
    assertThat(budgets.of(FakeKinesis.STREAM, shard))
        .isSameAs(budgets.of(FakeKinesis.STREAM, shard));
  }

  @Test
  void budgets_nameAndArnOfAStream_areOne() {
    ShardBudgets budgets = new ShardBudgets(Pacing.ofService());
    var shard = new dev.millrace.stream.ShardId("s");
    var arn =
        dev.millrace.stream.StreamRef.parse("arn:aws:kinesis:eu-west-1:123456789012:stream/orders");
    assertThat(budgets.of(arn, shard)).isSameAs(budgets.of(FakeKinesis.STREAM, shard));
  }

  @Test
  void throttled_halvesTheRate_whichComesBackInSomeSeconds() {
    ShardBudget budget = new ShardBudget(Pacing.ofService());
    assertThat(budget.takeCall(0)).isZero();
    budget.throttled(0, 0);
    assertThat(budget.takeCall(0)).isEqualTo(SECOND * 2 / 5);
    budget.throttled(0, 0);
    assertThat(budget.takeCall(0)).isEqualTo(SECOND * 4 / 5);
    assertThat(budget.takeCall(15 * SECOND)).isZero();
    budget.failed(15 * SECOND, 15 * SECOND);
    assertThat(budget.takeCall(15 * SECOND)).isZero();
  }
}
