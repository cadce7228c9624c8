package dev.millrace.connector.plan;

import dev.millrace.connector.option.SessionOptions;
import dev.millrace.stream.ShardScan;
import java.util.Optional;

/**
 * One shard's part of a scan: an engine's split. It travels as the text of {@link #encode}.
 *
 * @param scan what to read; its position and bound are padded where they are times
 * @param exact the arrival times whose rows are wanted, row by row
 * @param order how many rows are wanted, and which first
 * @param weightBytes about how much there is to read
 * @param mark under what to say that the whole range was delivered; none where nobody waits for it
 */
public record SplitScan(
    ShippedTable table,
    ShardScan scan,
    TimeRange exact,
    ScanOrder order,
    long weightBytes,
    SessionOptions session,
    Optional<Mark> mark) {

  SplitScan with(Mark value) {
    return new SplitScan(table, scan, exact, order, weightBytes, session, Optional.of(value));
  }

  public String encode() {
    return ScanJson.write(this);
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static SplitScan decode(String text) {
    return ScanJson.readSplit(text);
  }

  @Override
  public String toString() {
    return table + ": " + scan;
  }
}
