package dev.millrace.connector.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.read.ShardProgress;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.StreamIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryCheckpointsTest extends CheckpointStoreContract {
  private static final StreamIdentity STREAM = new StreamIdentity("arn:x", NOW);
  private static final CheckpointName NAME = CheckpointName.of("nightly");
  private static final Checkpoint CHECKPOINT =
      new Checkpoint(
          STREAM,
          Optional.empty(),
          Map.of(new ShardId("s"), new ShardProgress.Finished(Optional.empty())));

  @TempDir Path directory;

  @Override
  CheckpointStore open() {
    return CheckpointStores.ofDirectory(directory.resolve("checkpoints"), RETENTION, now::get);
  }

  private List<Path> files(String suffix) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(path -> path.toString().endsWith(suffix)).toList();
    }
  }

  @Test
  void writing_leavesNoTemporaryFile() throws IOException {
    open().advance(NAME, Optional.empty(), CHECKPOINT, "one");
    assertThat(files(".item")).hasSize(1);
    assertThat(files(".tmp")).isEmpty();
  }

  @Test
  void halfWrittenFileOfACrash_isNotSeen() throws IOException {
    open().advance(NAME, Optional.empty(), CHECKPOINT, "one");
    Path file = files(".item").get(0);
    Files.writeString(file.resolveSibling("writing1.tmp"), "millrace-item-1 2 ne");
    assertThat(open().find(NAME, STREAM)).isPresent();
    assertThat(open().marks("nobody")).isEmpty();
  }

  @Test
  void damagedFile_isNamed() throws IOException {
    open().advance(NAME, Optional.empty(), CHECKPOINT, "one");
    Path file = files(".item").get(0);
    Files.writeString(file, "something else");
    assertThatThrownBy(() -> open().find(NAME, STREAM))
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.EXTERNAL))
        .hasMessageContaining(file.toString())
        .hasMessageContaining("kinesis.checkpoint-store");
  }

  @Test
  void expiredMarks_areRemovedWhenANameMoves() throws IOException {
    ShardId shard = new ShardId("s");
    open()
        .mark(
            new DoneMark(
                "query",
                STREAM,
                shard,
                new ShardProgress.Finished(Optional.empty()),
                List.of(),
                NOW));
    now.set(NOW.plus(RETENTION).plusSeconds(1));
    open().advance(NAME, Optional.empty(), CHECKPOINT, "one");
    assertThat(files(".item")).hasSize(1);
  }

  @Test
  void placeThatIsAFile_isAFailureThatNamesIt() throws IOException {
    Files.writeString(directory.resolve("checkpoints"), "");
    assertThatThrownBy(() -> open().advance(NAME, Optional.empty(), CHECKPOINT, "one"))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("checkpoints");
  }
}
