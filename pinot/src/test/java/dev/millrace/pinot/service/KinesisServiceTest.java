package dev.millrace.pinot.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.aws.Connections;
import dev.millrace.read.FetchOptions;
import dev.millrace.read.Kinesis;
import dev.millrace.read.Pacing;
import dev.millrace.read.ShardBudgets;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.StreamRef;
import dev.millrace.table.StreamAccess;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KinesisServiceTest {
  private static final StreamAccess OTHER =
      new StreamAccess(
          Optional.of("eu-west-1"), Optional.empty(), Optional.empty(), Optional.empty());

  private final List<CountedConnections> made = new ArrayList<>();
  private final KinesisService service =
      new KinesisService(
          FetchOptions.defaults(),
          access -> {
            CountedConnections connections = new CountedConnections();
            made.add(connections);
            return connections;
          });

  /** Budgets alone; whether they were closed is counted. */
  private static final class CountedConnections implements Connections {
    private final ShardBudgets budgets = new ShardBudgets(Pacing.ofService());
    int closed;

    @Override
    public Connection to(StreamAccess access) {
      return new Connection() {
        @Override
        public Kinesis kinesis() {
          throw new UnsupportedOperationException("Nothing is called here");
        }

        @Override
        public ShardBudgets budgets() {
          return budgets;
        }
      };
    }

    @Override
    public void close() {
      closed++;
    }
  }

  @Test
  void leasesOfOneAccess_shareClientThreadsAndAShardsBudget() {
    StreamRef stream = StreamRef.parse("orders");
    ShardId shard = new ShardId("shardId-000000000000");
    try (ServiceLease one = service.lease(StreamAccess.AMBIENT);
        ServiceLease two = service.lease(StreamAccess.AMBIENT)) {
      assertThat(made).hasSize(1);
      assertThat(one.fetch()).isSameAs(two.fetch());
      assertThat(one.streams()).isSameAs(two.streams());
      assertThat(one.budgets().of(stream, shard)).isSameAs(two.budgets().of(stream, shard));
    }
  }

  @Test
  void lastLeaseOfAnAccessClosed_endsItsClientAndNoOther() {
    ServiceLease one = service.lease(StreamAccess.AMBIENT);
    ServiceLease two = service.lease(StreamAccess.AMBIENT);
    try (ServiceLease other = service.lease(OTHER)) {
      one.close();
      one.close();
      assertThat(made.get(0).closed).isZero();

      two.close();

      assertThat(made.get(0).closed).isEqualTo(1);
      assertThat(made.get(1).closed).isZero();
      assertThat(other.fetch()).isNotNull();
    }
    assertThat(made.get(1).closed).isEqualTo(1);
  }

  @Test
  void leaseAfterTheLast_startsAnew() {
    ServiceLease one = service.lease(StreamAccess.AMBIENT);
    Object before = one.fetch();
    one.close();

    try (ServiceLease two = service.lease(StreamAccess.AMBIENT)) {
      assertThat(made).hasSize(2);
      assertThat(two.fetch()).isNotSameAs(before);
    }
  }

  @Test
  void clientThatNobodyUses_isKeptForAWhileAndThenClosed() {
    Deque<Runnable> tasks = new ArrayDeque<>();
    List<Duration> delays = new ArrayList<>();
    KinesisService lingering =
        new KinesisService(
            FetchOptions.defaults(),
            access -> {
              made.add(new CountedConnections());
              return made.get(made.size() - 1);
            },
            Duration.ofMinutes(1),
            (delay, task) -> {
              delays.add(delay);
              tasks.add(task);
            });
    lingering.lease(StreamAccess.AMBIENT).close();
    lingering.lease(StreamAccess.AMBIENT).close();
    assertThat(made).hasSize(1);
    assertThat(delays).containsExactly(Duration.ofMinutes(1), Duration.ofMinutes(1));

    tasks.remove().run();
    assertThat(made.get(0).closed).as("used since").isZero();
    tasks.remove().run();
    assertThat(made.get(0).closed).isEqualTo(1);

    ServiceLease held = lingering.lease(StreamAccess.AMBIENT);
    lingering.lease(StreamAccess.AMBIENT).close();
    tasks.remove().run();
    assertThat(made.get(1).closed).as("held by another").isZero();
    held.close();
    tasks.remove().run();
    assertThat(made.get(1).closed).isEqualTo(1);
  }
}
