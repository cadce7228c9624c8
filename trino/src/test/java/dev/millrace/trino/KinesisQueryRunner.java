package dev.millrace.trino;

import io.trino.testing.DistributedQueryRunner;

/**
 * Trino with a stream of a thousand records, to try things by hand: it prints its address, and runs
 * until its standard input ends.
 */
final class KinesisQueryRunner {
  private KinesisQueryRunner() {}

  public static void main(String[] arguments) throws Exception {
    try (TrinoFixture trino = TrinoFixture.create().numbered("orders", 4)) {
      trino.putNumbered("orders", 0, 1000);
      DistributedQueryRunner runner = trino.runner();
      System.out.println(
          "%s, SELECT * FROM %s.default.orders"
              .formatted(runner.getCoordinator().getBaseUrl(), trino.catalog()));
      System.in.transferTo(java.io.OutputStream.nullOutputStream());
    }
    System.exit(0);
  }
}
