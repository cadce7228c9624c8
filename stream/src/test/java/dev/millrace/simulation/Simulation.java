package dev.millrace.simulation;

import dev.millrace.read.ConsumerArn;
import dev.millrace.read.FetchOptions;
import dev.millrace.read.FetchOptions.OnLoss;
import dev.millrace.read.Retrieval;
import dev.millrace.stream.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/** One seed from its stream's first record to its readers' last. */
public final class Simulation {
  private static final long MOST_EVENTS = 3_000_000;

  /** A seed goes on until it met so many kinds. */
  private static final int LEAST_FAULTS = 5;

  private static final ConsumerArn CONSUMER = new ConsumerArn("arn:simulated:consumer");

  private final long seed;
  private final Trace trace;
  private final World world;
  private final Scheduler scheduler;
  private final Faults faults;
  private final Scene scene;
  private final Dice dice;
  private final List<Scenario> scenarios;
  private long events;

  private Simulation(long seed, Trace trace) {
    this.seed = seed;
    this.trace = trace;
    this.dice = new Dice(seed);
    this.world = new WorldBuilder(dice.fork()).build();
    this.scheduler = new Scheduler(dice.fork(), world.readFrom());
    this.faults = new Faults(dice.fork());
    SimulatedKinesis kinesis = new SimulatedKinesis(world, scheduler, faults, dice.fork());
    this.scene = new Scene(world, scheduler, kinesis, faults, dice.fork(), trace);
    this.scenarios = scenarios();
  }

  static Outcome run(long seed, Trace trace) {
    return new Simulation(seed, trace).run();
  }

  private List<Scenario> scenarios() {
    List<Scenario> chosen = new ArrayList<>();
    if (dice.chance(0.75)) {
      chosen.add(new FollowConsumer(scene, followFrom(), retrieval(), options()));
    }
    if (dice.chance(0.7)) {
      chosen.add(new SnapshotScans(scene, retrieval(), options()));
    }
    if (chosen.isEmpty() || dice.chance(0.8)) {
      chosen.add(new SingleScan(scene, retrieval(), options()));
    }
    return chosen;
  }

  private Position followFrom() {
    return switch (dice.between(0, 3)) {
      case 0 -> Position.latest();
      case 1 -> Position.at(Scheduler.instant(dice.between(0L, world.readFrom() - 1_000)));
      default -> Position.trimHorizon();
    };
  }

  private Retrieval retrieval() {
    return dice.chance(0.5) ? Retrieval.fanOut(CONSUMER) : Retrieval.polling();
  }

  private FetchOptions options() {
    return FetchOptions.defaults().withOnLoss(dice.chance(0.8) ? OnLoss.CONTINUE : OnLoss.FAIL);
  }

  private Outcome run() {
    try {
      scenarios.forEach(Scenario::begin);
      runToEnd();
      while (Long.bitCount(faults.met()) < LEAST_FAULTS) {
        Scenario more = new SnapshotScans(scene, retrieval(), options());
        scenarios.add(more);
        more.begin();
        runToEnd();
      }
      return outcome("");
    } catch (Violation e) {
      return outcome(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      return outcome(stackTrace(e));
    }
  }

  private void runToEnd() {
    while (!scenarios.stream().allMatch(Scenario::isOver)) {
      if (!scheduler.runNext() || ++events > MOST_EVENTS) {
        throw new Violation("nothing more happens, or too much: " + events + " events");
      }
    }
  }

  private static String stackTrace(RuntimeException e) {
    java.io.StringWriter text = new java.io.StringWriter();
    e.printStackTrace(new java.io.PrintWriter(text));
    return text.toString();
  }

  private Outcome outcome(String violation) {
    return new Outcome(
        seed,
        scenarios.stream().map(Scenario::describe).collect(Collectors.joining("; ")),
        violation,
        trace.hash(),
        faults.met(),
        (int) world.shards().stream().filter(s -> s.closedAt != WorldShard.NEVER).count(),
        world.shards().stream()
            .flatMap(s -> s.records.stream())
            .mapToLong(r -> r.parts().size())
            .sum(),
        scenarios.stream().mapToLong(Scenario::delivered).sum());
  }

  /** By seed to the violation, empty if there is none; for class loaders that share no class. */
  public static final class AsFunction implements LongFunction<String> {
    /** Found by its name. */
    public AsFunction() {}

    @Override
    public String apply(long seed) {
      return run(seed, Trace.silent()).violation();
    }
  }
}
