package dev.millrace.emulator;

import dev.millrace.emulator.operation.KinesisService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Faults on demand, changeable while the emulator runs. Thread-safe.
 *
 * <p>Deterministic by seed: whether a rate hits a call depends on the seed, the rule, the
 * operation, the shard, and how many such calls there were before; not on how calls of different
 * shards or operations interleave. Every rule that hits adds its latency; of other faults the first
 * rule's wins.
 */
public final class Faults {
  private final long seed;
  private final List<Rule> rules = new ArrayList<>();
  private final List<Injected> injected = new ArrayList<>();

  Faults(long seed) {
    this.seed = seed;
  }

  /**
   * A fault that hit a call.
   *
   * @param shardId empty where the call names no shard
   */
  public record Injected(String operation, String shardId, Fault fault) {}

  /** Hits the next {@code calls} calls within the scope. */
  public synchronized Faults next(int calls, Fault fault, FaultScope scope) {
    rules.add(new Counted(fault, scope, calls));
    return this;
  }

  /** Hits each call within the scope with that probability, 0 to 1. */
  public synchronized Faults rate(double probability, Fault fault, FaultScope scope) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("A probability is from 0 to 1, not " + probability);
    }
    rules.add(new Random(fault, scope, probability, seed * 31 + rules.size()));
    return this;
  }

  /** Ends all faults. What was {@link #injected} stays known. */
  public synchronized void clear() {
    rules.clear();
  }

  /** Every fault that hit a call so far, in the order of the calls. */
  public synchronized List<Injected> injected() {
    return List.copyOf(injected);
  }

  /** The faults that hit this call. */
  List<Fault> on(String operation, String shardId) {
    return hits(operation, shardId, Moment.CALL);
  }

  /** The faults that hit this event of a subscription. */
  List<Fault> onEvent(String shardId) {
    return hits(KinesisService.SUBSCRIBE, shardId, Moment.EVENT);
  }

  private synchronized List<Fault> hits(String operation, String shardId, Moment moment) {
    List<Fault> hits = new ArrayList<>();
    for (Rule rule : rules) {
      if (rule.scope().covers(operation, shardId)
          && isPossible(rule.fault(), operation, moment)
          && rule.hits(operation, shardId)) {
        hits.add(rule.fault());
        injected.add(new Injected(operation, shardId, rule.fault()));
      }
    }
    return hits;
  }

  private static boolean isPossible(Fault fault, String operation, Moment moment) {
    if (fault instanceof Fault.Stall
        || fault instanceof Fault.ResetStream
        || fault instanceof Fault.CutEvent
        || fault instanceof Fault.FailedSubscription) {
      return moment == Moment.EVENT;
    }
    if (moment == Moment.EVENT) {
      return false;
    }
    if (fault instanceof Fault.ShortSubscription) {
      return operation.equals(KinesisService.SUBSCRIBE);
    }
    boolean readOnly = fault instanceof Fault.ExpiredIterator || fault instanceof Fault.EmptyAnswer;
    return !readOnly || operation.equals("GetRecords");
  }

  /** When a fault may hit: at a call, or at each event of a call whose answer goes on. */
  private enum Moment {
    CALL,
    EVENT
  }

  private interface Rule {
    Fault fault();

    FaultScope scope();

    boolean hits(String operation, String shardId);
  }

  private static final class Counted implements Rule {
    private final Fault fault;
    private final FaultScope scope;
    private int left;

    Counted(Fault fault, FaultScope scope, int calls) {
      this.fault = fault;
      this.scope = scope;
      this.left = calls;
    }

    @Override
    public Fault fault() {
      return fault;
    }

    @Override
    public FaultScope scope() {
      return scope;
    }

    @Override
    public boolean hits(String operation, String shardId) {
      return left-- > 0;
    }
  }

  private static final class Random implements Rule {
    private final Fault fault;
    private final FaultScope scope;
    private final double probability;
    private final long seed;
    private final Map<String, SplittableRandom> draws = new HashMap<>();

    Random(Fault fault, FaultScope scope, double probability, long seed) {
      this.fault = fault;
      this.scope = scope;
      this.probability = probability;
      this.seed = seed;
    }

    @Override
    public Fault fault() {
      return fault;
    }

    @Override
    public FaultScope scope() {
      return scope;
    }

    @Override
    public boolean hits(String operation, String shardId) {
      String calls = operation + ' ' + shardId;
      return draws
              .computeIfAbsent(calls, key -> new SplittableRandom(seed ^ key.hashCode()))
              .nextDouble()
          < probability;
    }
  }
}
