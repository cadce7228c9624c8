package dev.millrace.emulator.operation;

import dev.millrace.emulator.stream.Shard;
import dev.millrace.emulator.wire.FieldWriter;

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

  static void writeHashKeyRange(FieldWriter out, Shard shard) {
    out.object(
        "HashKeyRange",
        () ->
            out.text("StartingHashKey", shard.hashKeyRange().start().toString())
                .text("EndingHashKey", shard.hashKeyRange().end().toString()));
  }
}
