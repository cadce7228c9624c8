package dev.millrace.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.emulator.KinesisClients;
import dev.millrace.emulator.KinesisLocal;
import dev.millrace.emulator.NodeProducer;
import dev.millrace.emulator.NodeProducer.KeyedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.Shard;

/**
 * The command against a service of another hand, with records put by the AWS SDK for JavaScript:
 * what was put is what is answered.
 */
class IndependentServiceIT {
  private static final String STREAM = "orders";
  private static final String DEFINITION =
      """
      {"tableName": "orders", "schemaName": "shop", "streamName": "orders",
       "message": {"dataFormat": "json", "fields": [
         {"name": "n", "type": "BIGINT", "mapping": "n"},
         {"name": "word", "type": "VARCHAR", "mapping": "nested/word"}]}}
      """;

  @TempDir Path work;
  private KinesisLocal service;
  private KinesisClient client;
  private NodeProducer producer;

  @BeforeAll
  static void prepare() {
    Command.prepare();
  }

  @BeforeEach
  void start() throws IOException {
    service = KinesisLocal.start();
    client = KinesisClients.cbor(service.endpoint());
    producer = new NodeProducer(service.endpoint());
    Files.createDirectory(work.resolve("definitions"));
    Files.writeString(work.resolve("definitions/orders.json"), DEFINITION);
  }

  @AfterEach
  void stop() {
    client.close();
    service.close();
  }

  private static List<KeyedData> records(int from, int to) {
    List<KeyedData> records = new ArrayList<>();
    for (int n = from; n < to; n++) {
      records.add(
          KeyedData.of(
              "key-" + n, "{\"n\": %d, \"nested\": {\"word\": \"wört-%d\"}}".formatted(n, n)));
    }
    return records;
  }

  /** The rows that {@link #records} stand for, as CSV, in the order of n. */
  private static List<String> rows(int from, int to) {
    List<String> rows = new ArrayList<>(List.of("n,word"));
    for (int n = from; n < to; n++) {
      rows.add(n + ",wört-" + n);
    }
    return rows;
  }

  private Command.Result query(String... arguments) {
    return query(List.of("--store", work.resolve("store").toString()), arguments);
  }

  private Command.Result query(List<String> store, String... arguments) {
    String[] common = {
      "query",
      "-v",
      "--output",
      "csv",
      "--definitions",
      work.resolve("definitions").toString(),
      "--endpoint-url",
      service.endpoint().toString()
    };
    Command.Result result =
        Command.millrace(
                Stream.of(Stream.of(common), store.stream(), Stream.of(arguments))
                    .flatMap(words -> words)
                    .toArray(String[]::new))
            .with("AWS_REGION", "us-east-1")
            .run();
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result;
  }

  private void awaitActive() {
    client.waiter().waitUntilStreamExists(r -> r.streamName(STREAM));
  }

  private List<Shard> openShards() {
    return client.listShards(r -> r.streamName(STREAM)).shards().stream()
        .filter(shard -> shard.sequenceNumberRange().endingSequenceNumber() == null)
        .toList();
  }

  @Test
  void whatWasPut_isAnswered_andASecondRunReadsOnlyWhatIsNew() {
    producer.createAndPut(STREAM, 2, records(0, 200));
    String sql = "SELECT n, word FROM shop.orders ORDER BY n";

    Command.Result first = query("--since", "trim-horizon", sql);
    assertThat(first.outLines()).isEqualTo(rows(0, 200));
    assertThat(first.err()).contains("read 200 records");

    Command.Result again = query("--since", "trim-horizon", sql);
    assertThat(again.outLines()).isEqualTo(rows(0, 200));
    assertThat(again.err()).contains("read 0 records");

    producer.put(STREAM, records(200, 230));
    Command.Result more = query("--since", "trim-horizon", sql);
    assertThat(more.outLines()).isEqualTo(rows(0, 230));
    assertThat(more.err()).contains("read 30 records");
  }

  @Test
  void splitAndMerge_loseNothing() {
    producer.createAndPut(STREAM, 2, records(0, 80));
    Shard first = openShards().get(0);
    String middle =
        new java.math.BigInteger(first.hashKeyRange().startingHashKey())
            .add(new java.math.BigInteger(first.hashKeyRange().endingHashKey()))
            .shiftRight(1)
            .toString();
    client.splitShard(
        r -> r.streamName(STREAM).shardToSplit(first.shardId()).newStartingHashKey(middle));
    awaitActive();
    producer.put(STREAM, records(80, 140));
    List<Shard> halves =
        openShards().stream()
            .filter(shard -> first.shardId().equals(shard.parentShardId()))
            .toList();
    client.mergeShards(
        r ->
            r.streamName(STREAM)
                .shardToMerge(halves.get(0).shardId())
                .adjacentShardToMerge(halves.get(1).shardId()));
    awaitActive();
    producer.put(STREAM, records(140, 200));

    String sql = "SELECT n, word FROM orders ORDER BY n";
    assertThat(query("--since", "trim-horizon", sql).outLines()).isEqualTo(rows(0, 200));
    assertThat(query("--since", "1h", sql).outLines()).isEqualTo(rows(0, 200));
    assertThat(query(List.of("--no-store"), sql).outLines()).isEqualTo(rows(0, 200));
  }

  @Test
  void sinceInTheMiddle_answersTheSame_whetherTheStoreIsEmptyOrHoldsMore() {
    producer.createAndPut(STREAM, 1, records(0, 50));
    producer.put(STREAM, records(50, 100));
    String arrivals = "SELECT n, strftime(_timestamp, '%Y-%m-%dT%H:%M:%S.%gZ') AS at FROM orders";
    String since =
        query(arrivals + " ORDER BY n").outLines().stream()
            .filter(line -> line.startsWith("50,"))
            .map(line -> line.substring(line.indexOf(',') + 1))
            .findFirst()
            .orElseThrow();

    String sql = "SELECT n, word FROM orders ORDER BY n";
    List<String> held = query("--since", since, sql).outLines();
    List<String> fresh =
        query(List.of("--store", work.resolve("other").toString()), "--since", since, sql)
            .outLines();

    assertThat(held).isEqualTo(rows(50, 100));
    assertThat(fresh).isEqualTo(held);
  }
}
