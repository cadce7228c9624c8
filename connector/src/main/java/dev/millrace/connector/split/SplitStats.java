package dev.millrace.connector.split;

import dev.millrace.stream.Loss;
import java.util.List;
import java.util.OptionalLong;

/**
 * What reading a split has cost and brought so far.
 *
 * @param records as the service stores them, and their bytes; what lies outside the wanted arrival
 *     times is among them
 * @param calls of any kind
 * @param retried calls that were made again after a failure, throttles among them
 * @param rows handed to the engine
 * @param badRows rows that could not be decoded, whatever became of them
 * @param losses what could not be read
 * @param millisBehind how far behind the shard's tip the newest answer was, where the service told
 */
public record SplitStats(
    long records,
    long bytes,
    long calls,
    long throttled,
    long retried,
    long rows,
    long badRows,
    List<Loss> losses,
    OptionalLong millisBehind) {
  public SplitStats {
    losses = List.copyOf(losses);
  }

  /** What the user should know of the losses beside the rows, a line each. */
  public List<String> warnings() {
    return losses.stream()
        .map(
            loss ->
                "shard %s of stream %s: %s"
                    .formatted(loss.shard().value(), loss.stream().name(), loss.detail()))
        .toList();
  }
}
