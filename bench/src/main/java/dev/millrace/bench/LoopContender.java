package dev.millrace.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Shard;

/**
 * The measure of the others: a process that lives as long as the servers do, and in it a plain
 * GetRecords loop over the stream each time it is asked, whatever it is asked.
 */
final class LoopContender implements EngineContender {
  private final Process process;
  private final BufferedReader out;
  private final Writer in;

  LoopContender(URI endpoint) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(EnginesBench.JVM);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            LoopContender.class.getName(),
            endpoint.toString()));
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    out = process.inputReader(StandardCharsets.UTF_8);
    in = process.outputWriter(StandardCharsets.UTF_8);
  }

  @Override
  public String title() {
    return "plain SDK loop";
  }

  @Override
  public Answer ask(EngineQuery query, String sql) throws IOException {
    Duration cpu = cpu();
    long start = System.nanoTime();
    in.write("read\n");
    in.flush();
    String records = out.readLine();
    if (records == null) {
      throw new IOException("The loop ended");
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Answer(seconds, cpu().minus(cpu).toMillis() / 1e3, List.of(records));
  }

  private Duration cpu() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  @Override
  public void close() {
    process.destroy();
  }

  /** The child: one pass for each line of its input. */
  public static void main(String[] arguments) throws IOException {
    try (KinesisClient sdk = PlainSdk.client(URI.create(arguments[0]));
        BufferedReader asked =
            new BufferedReader(
                new java.io.InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      while (asked.readLine() != null) {
        long records = 0;
        for (Shard shard : sdk.listShards(r -> r.streamName(SourceProcess.STREAM)).shards()) {
          records += read(sdk, shard.shardId());
        }
        System.out.println(records);
      }
    }
  }

  private static long read(KinesisClient sdk, String shard) {
    String iterator = PlainSdk.trimHorizon(sdk, SourceProcess.STREAM, shard);
    long records = 0;
    while (true) {
      String current = iterator;
      GetRecordsResponse answer = sdk.getRecords(r -> r.shardIterator(current).limit(10_000));
      if (answer.records().isEmpty() && answer.millisBehindLatest() == 0) {
        return records;
      }
      records += answer.records().size();
      iterator = answer.nextShardIterator();
    }
  }
}
