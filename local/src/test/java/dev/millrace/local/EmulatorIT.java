package dev.millrace.local;

import static dev.millrace.local.Home.order;
import static dev.millrace.local.Home.orders;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.aws.AwsKinesis;
import dev.millrace.aws.AwsOptions;
import dev.millrace.emulator.EmulatorClock;
import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.KinesisEmulator;
import dev.millrace.emulator.Streams;
import dev.millrace.local.fill.FillListener;
import dev.millrace.local.query.QueryRequest;
import dev.millrace.local.query.QueryResult;
import dev.millrace.local.query.Since;
import dev.millrace.table.Definitions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The home over HTTP: the AWS adapter and a Kinesis endpoint, with a split and a merge. */
final class EmulatorIT {
  @TempDir private Path directory;
  private int put;

  @Test
  void splitAndMerge_giveWhatWasPut() throws InterruptedException {
    EmulatorOptions options = EmulatorOptions.defaults().withClock(EmulatorClock.system());
    try (KinesisEmulator emulator = KinesisEmulator.start(options);
        AwsKinesis kinesis = AwsKinesis.connect(AwsOptions.atEndpoint(emulator.endpoint()))) {
      Streams streams = emulator.streams();
      streams.createStream("orders", 2);
      putSome(streams);
      assertThat(ids(kinesis)).hasSize(put);
      String first = streams.shards("orders").get(0).shardId();
      streams.split("orders", first);
      putSome(streams);
      assertThat(ids(kinesis)).hasSize(put).doesNotHaveDuplicates();
      List<String> open =
          streams.shards("orders").stream()
              .filter(shard -> shard.state() == Streams.ShardState.OPEN)
              .map(Streams.ShardInfo::shardId)
              .toList();
      streams.merge("orders", open.get(open.size() - 2), open.get(open.size() - 1));
      putSome(streams);
      assertThat(ids(kinesis)).hasSize(put).doesNotHaveDuplicates();
    }
  }

  private void putSome(Streams streams) {
    for (int i = 0; i < 200; i++) {
      byte[] data = order(put, "item").getBytes(StandardCharsets.UTF_8);
      streams.put("orders", "key-" + put++, data);
    }
  }

  private List<Object> ids(AwsKinesis kinesis) throws InterruptedException {
    EmbeddedOptions options = Home.options(directory);
    Definitions definitions = new Definitions(List.of(orders()), List.of());
    try (Embedded embedded = Embedded.open(options, Home.connections(kinesis), () -> definitions);
        QueryResult result =
            embedded.query(
                QueryRequest.of("SELECT id FROM orders ORDER BY id")
                    .withAsked(Duration.ZERO)
                    .withSince(Since.trimHorizon()),
                FillListener.silent())) {
      List<Object> ids = new ArrayList<>();
      while (result.next()) {
        ids.add(String.valueOf(result.value(0)));
      }
      return ids;
    }
  }
}
