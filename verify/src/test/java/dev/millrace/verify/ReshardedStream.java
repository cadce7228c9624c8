package dev.millrace.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.emulator.Streams;
import dev.millrace.emulator.Streams.ShardInfo;
import dev.millrace.emulator.Streams.ShardState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A stream of numbered records of fifty partition keys, split and merged at random. */
final class ReshardedStream {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int KEYS = 50;
  private static final int SHARDS = 3;

  private final Streams streams;
  private final String name;
  private final Random random;
  private final Map<String, List<Integer>> keys = new TreeMap<>();
  private int records;

  ReshardedStream(Streams streams, String name, Random random) {
    this.streams = streams;
    this.name = name;
    this.random = random;
    streams.createStream(name, SHARDS);
  }

  /** Puts so many records, of random keys. */
  void put(int count) {
    for (int i = 0; i < count; i++) {
      put("key-" + random.nextInt(KEYS));
    }
  }

  /** When these are read, so is all that came before them. */
  void putOneOfEachKey() {
    for (int i = 0; i < KEYS; i++) {
      put("key-" + i);
    }
  }

  private void put(String key) {
    streams.put(name, key, Integer.toString(records).getBytes(StandardCharsets.UTF_8));
    keys.computeIfAbsent(key, k -> new ArrayList<>()).add(records++);
  }

  int records() {
    return records;
  }

  /** Each key's records in the order they were put. */
  Map<String, List<Integer>> keys() {
    return keys;
  }

  /** The same of what tail printed. */
  Map<String, List<Integer>> keysWith(List<String> lines) throws JsonProcessingException {
    Map<String, List<Integer>> printed = new TreeMap<>();
    for (String line : lines) {
      JsonNode record = JSON.readTree(line);
      printed
          .computeIfAbsent(record.path("partitionKey").asText(), k -> new ArrayList<>())
          .add(Integer.valueOf(record.path("data").asText()));
    }
    return printed;
  }

  /** Splits one shard or merges two, as chance has it. */
  void reshard() {
    List<ShardInfo> open =
        streams.shards(name).stream()
            .filter(shard -> shard.state() == ShardState.OPEN)
            .sorted(Comparator.comparing(ShardInfo::startingHashKey))
            .toList();
    if (open.size() > 1 && random.nextBoolean()) {
      int first = random.nextInt(open.size() - 1);
      streams.merge(name, open.get(first).shardId(), open.get(first + 1).shardId());
    } else {
      streams.split(name, open.get(random.nextInt(open.size())).shardId());
    }
  }
}
