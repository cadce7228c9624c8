package dev.millrace.bench;

import dev.millrace.bench.CallLog.Call;
import java.util.ArrayList;
import java.util.List;

/**
 * What a shard's call log says of its reader's rate.
 *
 * <p>The first full answer is free, for the shard had been left alone; and it is paid for before
 * the next. So the steady part lasts from the end of the first full answer to the end of the last,
 * and what it paid for are the answers that were there when the last call was sent.
 */
final class PacingFigures {
  private static final int CALLS_PER_SECOND = 5;

  private final List<Call> full;
  private final long throttled;

  private PacingFigures(List<Call> full, long throttled) {
    this.full = full;
    this.throttled = throttled;
  }

  static PacingFigures of(List<Call> calls) {
    long largest = calls.stream().mapToLong(Call::bytes).max().orElseThrow();
    List<Call> full = calls.stream().filter(call -> call.bytes() > largest * 0.9).toList();
    long from = full.get(0).answered();
    long to = full.get(full.size() - 1).answered();
    long throttled =
        calls.stream()
            .filter(call -> call.throttled() && call.sent() >= from && call.sent() <= to)
            .count();
    return new PacingFigures(full, throttled);
  }

  double seconds() {
    return (full.get(full.size() - 1).answered() - full.get(0).answered()) / 1e9;
  }

  long bytes() {
    long lastSent = full.get(full.size() - 1).sent();
    return full.stream().filter(call -> call.answered() <= lastSent).mapToLong(Call::bytes).sum();
  }

  double bytesPerSecond() {
    return bytes() / seconds();
  }

  /** Own calls the service refused during the steady part. */
  long throttled() {
    return throttled;
  }

  double medianTripMillis() {
    return Median.of(full.stream().map(call -> (call.answered() - call.sent()) / 1e6).toList());
  }

  /** How much longer a cycle takes than its bytes do at {@code bytesPerSecond}: its median. */
  double medianLostMillis(double bytesPerSecond) {
    List<Double> lost = new ArrayList<>();
    for (int i = 1; i < full.size(); i++) {
      double cycle = (full.get(i).answered() - full.get(i - 1).answered()) / 1e6;
      lost.add(cycle - full.get(i - 1).bytes() / bytesPerSecond * 1e3);
    }
    return Median.of(lost);
  }

  /**
   * Calls a second, throttled ones included. A reader may send a second's calls at once, so whole
   * seconds' worth of calls are taken, and not the first, which are free.
   */
  static double callsPerSecond(List<Call> calls) {
    List<Long> sent = calls.stream().map(Call::sent).sorted().toList();
    int cycles = (sent.size() - 1 - CALLS_PER_SECOND) / CALLS_PER_SECOND;
    long from = sent.get(CALLS_PER_SECOND);
    long to = sent.get(CALLS_PER_SECOND * (cycles + 1));
    return cycles * CALLS_PER_SECOND / ((to - from) / 1e9);
  }
}
