package dev.millrace.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.KinesisEmulator;
import dev.millrace.read.ConsumerArn;
import dev.millrace.read.ShardFilter;
import dev.millrace.stream.Position;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.StreamRef;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who polls does not pay for what subscriptions need. */
@Timeout(120)
class LazyNettyTest {
  private static final String FIRST_OF_NETTY = "software.amazon.awssdk.http.nio.netty.";

  @TempDir Path directory;

  /** A process that reads a stream at an endpoint, with a subscription if it is given one. */
  static final class Reader {
    private Reader() {}

    public static void main(String[] args) {
      StreamRef stream = StreamRef.parse("orders");
      ShardId shard = new ShardId("shardId-000000000000");
      try (AwsKinesis kinesis = AwsKinesis.connect(AwsOptions.atEndpoint(URI.create(args[0])))) {
        kinesis.listShards(stream, ShardFilter.fromTrimHorizon(), Optional.empty());
        kinesis.getRecords(
            stream,
            shard,
            kinesis.shardIterator(stream, shard, Position.trimHorizon()).iterator(),
            10);
        if (args.length > 1) {
          kinesis
              .subscribe(stream, shard, new ConsumerArn(args[1]), Position.trimHorizon())
              .subscription()
              .close();
        }
      }
    }
  }

  private String classesOf(String... arguments) throws Exception {
    Path log = directory.resolve("classes" + arguments.length);
    String[] command = {
      Path.of(System.getProperty("java.home"), "bin", "java").toString(),
      "-Xlog:class+load:file=" + log,
      "-cp",
      System.getProperty("java.class.path"),
      Reader.class.getName()
    };
    String[] whole = java.util.Arrays.copyOf(command, command.length + arguments.length);
    System.arraycopy(arguments, 0, whole, command.length, arguments.length);
    Process process =
        new ProcessBuilder(whole)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output").toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(directory.resolve("output"))).isZero();
    return Files.readString(log);
  }

  @Test
  void netty_isLoadedWithTheFirstSubscription_andNotBefore() throws Exception {
    try (KinesisEmulator emulator = KinesisEmulator.start(EmulatorOptions.defaults())) {
      emulator.streams().createStream("orders", 1);
      String consumer = emulator.streams().registerConsumer("orders", "reader");
      String endpoint = emulator.endpoint().toString();

      assertThat(classesOf(endpoint))
          .contains(AwsSubscriptions.class.getName())
          .doesNotContain(" io.netty.")
          .doesNotContain(FIRST_OF_NETTY)
          .doesNotContain(PushClient.class.getName());
      assertThat(classesOf(endpoint, consumer))
          .contains(" io.netty.")
          .contains(FIRST_OF_NETTY)
          .contains(PushClient.class.getName());
    }
  }
}
