package dev.millrace.presto;

import com.facebook.presto.tests.DistributedQueryRunner;
import java.util.concurrent.CountDownLatch;

/** Presto with a stream of a thousand records, to try things by hand, until it is interrupted. */
final class KinesisQueryRunner {
  private KinesisQueryRunner() {}

  public static void main(String[] arguments) throws InterruptedException {
    try (Scene scene = Scene.open()) {
      scene.table("orders", 4, "id BIGINT");
      scene.putIds("orders", 0, 1000);
      DistributedQueryRunner runner = Scene.runner();
      System.out.println(
          "Presto is at %s: SELECT * FROM %s.shop.orders"
              .formatted(runner.getCoordinator().getBaseUrl(), scene.catalog()));
      new CountDownLatch(1).await();
    }
  }
}
