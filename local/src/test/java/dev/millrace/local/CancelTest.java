package dev.millrace.local;

import static dev.millrace.local.Home.order;
import static dev.millrace.local.Home.orders;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.local.fill.FillListener;
import dev.millrace.local.fill.FillProgress;
import dev.millrace.local.query.QueryRequest;
import dev.millrace.read.Estimate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Statements that would run for hours and are broken off. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class CancelTest {
  private static final String ENDLESS =
      "SELECT count(*) FROM orders, range(10000000) a, range(10000000) b WHERE a.range + b.range = id";

  @TempDir private Path directory;

  @Test
  void cancelled_endsAndTheNextOneIsAnswered() throws InterruptedException {
    FakeKinesis kinesis = new FakeKinesis().stream("orders", 1);
    kinesis.put("orders", 0, order(7, "mill"));
    kinesis.advance(Duration.ofMinutes(1));
    try (Home home = new Home(directory, kinesis, orders())) {
      CountDownLatch read = new CountDownLatch(1);
      CountDownLatch ended = new CountDownLatch(1);
      Thread canceller = new Thread(() -> cancel(read, ended, home));
      canceller.start();
      try {
        assertThatThrownBy(() -> home.answer(QueryRequest.of(ENDLESS), new Reads(read)))
            .isInstanceOf(CancellationException.class);
      } finally {
        ended.countDown();
        canceller.join();
      }
      assertThat(home.rows("SELECT id FROM orders")).containsExactly("7");
    }
  }

  /** Hears when everything is read, so that only the statement itself is left. */
  private record Reads(CountDownLatch done) implements FillListener {
    @Override
    public void estimated(Estimate estimate) {}

    @Override
    public void progressed(FillProgress progress) {
      if (progress.shardsDone() == progress.shards()) {
        done.countDown();
      }
    }
  }

  private static void cancel(CountDownLatch read, CountDownLatch ended, Home home) {
    try {
      read.await();
      while (!ended.await(20, TimeUnit.MILLISECONDS)) {
        home.embedded().cancel();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
