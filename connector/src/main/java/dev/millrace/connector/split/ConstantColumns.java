package dev.millrace.connector.split;

import dev.millrace.connector.page.ColumnBuilder;
import dev.millrace.connector.page.ColumnVector;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.ShardId;
import dev.millrace.table.MetadataColumn;
import java.util.Optional;

/** The metadata columns that are the same in all rows of a split. */
record ConstantColumns(ShardId shard, SegmentEnds ends) {

  static boolean contains(MetadataColumn column) {
    return switch (column) {
      case SHARD_ID, SEGMENT_START, SEGMENT_END -> true;
      default -> false;
    };
  }

  ColumnVector vector(MetadataColumn column) {
    return switch (column) {
      case SHARD_ID -> constant(Optional.of(shard.value()));
      case SEGMENT_START -> constant(ends.first().map(SequenceNumber::digits));
      case SEGMENT_END -> constant(ends.last().map(SequenceNumber::digits));
      default -> throw new AssertionError(column);
    };
  }

  private static ColumnVector constant(Optional<String> text) {
    ColumnBuilder one = ColumnBuilder.of(MetadataColumn.SHARD_ID.type());
    text.ifPresent(value -> one.setAscii(0, value));
    return new ColumnVector.Constant(one.build(1));
  }
}
