package dev.millrace.emulator.operation;

import dev.millrace.emulator.stream.Shard;
import dev.millrace.emulator.wire.FieldWriter;
import java.util.List;

/** How answers write a shard. */
final class ShardFields {

  private ShardFields() {}

  static void write(FieldWriter out, Shard shard) {
    out.text("ShardId", shard.id())
        .text("ParentShardId", shard.parents().parent())
        .text("AdjacentParentShardId", shard.parents().adjacentParent());
    writeHashKeyRange(out, shard);
    out.object(
        "SequenceNumberRange",
        () -> {
          out.text("StartingSequenceNumber", shard.startingSequenceNumber().toString());
          shard
              .closing()
              .ifPresent(
                  closing ->
                      out.text("EndingSequenceNumber", closing.endingSequenceNumber().toString()));
        });
  }

  /** The field that only the end of a shard has. */
  static void writeChildren(FieldWriter out, List<Shard> children) {
    if (!children.isEmpty()) {
      out.objects("ChildShards", children, child -> writeChild(out, child));
    }
  }

  private static void writeChild(FieldWriter out, Shard child) {
    out.text("ShardId", child.id()).texts("ParentShards", child.parents().ids());
    writeHashKeyRange(out, child);
  }

  private static void writeHashKeyRange(FieldWriter out, Shard shard) {
    out.object(
        "HashKeyRange",
        () ->
            out.text("StartingHashKey", shard.hashKeyRange().start().toString())
                .text("EndingHashKey", shard.hashKeyRange().end().toString()));
  }
}
