package dev.millrace.simulation;

/** {@code --seed N} replays one seed in words; {@code --seeds N --from K} runs many. */
public final class SimulatorMain {
  private SimulatorMain() {}

  public static void main(String[] args) {
    long seed = option(args, "--seed", -1);
    if (seed >= 0) {
      Outcome outcome = Simulation.run(seed, Trace.to(System.out::println));
      System.out.println(outcome);
      System.exit(outcome.failed() ? 1 : 0);
    }
    long started = System.nanoTime();
    Campaign campaign =
        Campaign.run(
            option(args, "--from", 0),
            option(args, "--seeds", 10_000),
            (int) option(args, "--threads", Runtime.getRuntime().availableProcessors()));
    double seconds = (System.nanoTime() - started) / 1e9;
    System.out.print(campaign.table());
    campaign.failures().forEach(System.out::println);
    System.out.printf(
        "%d seeds, %d user records delivered, %d failures, %.1f s, %.0f seeds/s%n",
        campaign.seeds(),
        campaign.delivered(),
        campaign.failures().size(),
        seconds,
        campaign.seeds() / seconds);
    System.out.printf(
        "least in a seed: %d reshards, %d user records, %d kinds of fault%n",
        campaign.leastReshards(), campaign.leastRecords(), campaign.leastKinds());
    System.exit(campaign.failures().isEmpty() ? 0 : 1);
  }

  private static long option(String[] args, String name, long otherwise) {
    for (int i = 0; i + 1 < args.length; i++) {
      if (args[i].equals(name)) {
        return Long.parseLong(args[i + 1]);
      }
    }
    return otherwise;
  }
}
