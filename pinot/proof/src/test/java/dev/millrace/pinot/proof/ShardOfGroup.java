package dev.millrace.pinot.proof;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pinot.common.metadata.segment.SegmentZKMetadata;
import org.apache.pinot.common.utils.LLCSegmentName;

/** A group's segment and the shard that its stored offset names. */
record ShardOfGroup(int group, int sequence, String shard) {
  /** What Pinot's own plugin reads: one shard, one decimal number. */
  static final Pattern STOCK = Pattern.compile("\\{\"(shardId-\\d{12,})\":\"(\\d+)\"}");

  static ShardOfGroup of(SegmentZKMetadata segment) {
    LLCSegmentName name = new LLCSegmentName(segment.getSegmentName());
    Matcher stored = STOCK.matcher(segment.getStartOffset());
    if (!stored.matches()) {
      throw new AssertionError(
          "Pinot's own plugin could not read the offset " + segment.getStartOffset());
    }
    return new ShardOfGroup(name.getPartitionGroupId(), name.getSequenceNumber(), stored.group(1));
  }
}
