package dev.millrace.connector.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.read.ShardProgress;
import dev.millrace.stream.Loss;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.StreamIdentity;
import dev.millrace.stream.StreamRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Checkpoints, marks and entries of the ledger as JSON. */
final class CheckpointJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String STREAM = "stream";
  private static final String SHARD = "shard";
  private static final String READER = "reader";

  private CheckpointJson() {}

  static String write(Checkpoint checkpoint, String query, Instant at) {
    ObjectNode node = JSON.createObjectNode();
    node.set(STREAM, stream(checkpoint.stream()));
    checkpoint.since().ifPresent(time -> node.put("since", time.toString()));
    node.put("query", query).put("at", at.toString());
    ArrayNode shards = node.putArray("shards");
    new TreeMap<>(checkpoint.shards())
        .forEach(
            (shard, progress) ->
                shards.add(ProgressJson.write(progress).put(SHARD, shard.value())));
    return node.toString();
  }

  static FoundCheckpoint checkpoint(String text, long version) {
    JsonNode node = parse(text);
    Map<ShardId, ShardProgress> shards = new TreeMap<>();
    node.path("shards").forEach(shard -> shards.put(shard(shard), ProgressJson.read(shard)));
    return new FoundCheckpoint(
        new Checkpoint(stream(node.path(STREAM)), time(node, "since"), shards),
        version,
        node.path("query").asText(),
        time(node, "at").orElse(Instant.EPOCH));
  }

  static String write(DoneMark mark) {
    ObjectNode node = JSON.createObjectNode();
    node.put(READER, mark.reader()).put(SHARD, mark.shard().value());
    node.put("at", mark.at().toString());
    node.set(STREAM, stream(mark.stream()));
    node.set("progress", ProgressJson.write(mark.progress()));
    ArrayNode losses = node.putArray("losses");
    mark.losses().forEach(loss -> losses.add(loss(loss)));
    return node.toString();
  }

  static DoneMark mark(String text) {
    JsonNode node = parse(text);
    List<Loss> losses = new ArrayList<>();
    node.path("losses").forEach(loss -> losses.add(loss(loss)));
    return new DoneMark(
        node.path(READER).asText(),
        stream(node.path(STREAM)),
        shard(node),
        ProgressJson.read(node.path("progress")),
        losses,
        time(node, "at").orElse(Instant.EPOCH));
  }

  static String write(LedgerEntry entry) {
    return loss(entry.loss())
        .put(READER, entry.reader())
        .put("at", entry.at().toString())
        .toString();
  }

  static LedgerEntry entry(String text) {
    JsonNode node = parse(text);
    return new LedgerEntry(
        node.path(READER).asText(), time(node, "at").orElse(Instant.EPOCH), loss(node));
  }

  private static ObjectNode loss(Loss loss) {
    ObjectNode node = JSON.createObjectNode();
    node.put("name", loss.stream().name());
    loss.stream().arn().ifPresent(arn -> node.put("arn", arn));
    return node.put(SHARD, loss.shard().value())
        .put("kind", loss.kind().name())
        .put("detail", loss.detail());
  }

  private static Loss loss(JsonNode node) {
    StreamRef stream =
        new StreamRef(
            node.path("name").asText(), Optional.ofNullable(node.get("arn")).map(JsonNode::asText));
    return new Loss(
        stream,
        shard(node),
        Loss.Kind.valueOf(node.path("kind").asText()),
        node.path("detail").asText());
  }

  private static ShardId shard(JsonNode node) {
    return new ShardId(node.path(SHARD).asText());
  }

  private static ObjectNode stream(StreamIdentity stream) {
    return JSON.createObjectNode()
        .put("arn", stream.arn())
        .put("created", stream.created().toString());
  }

  private static StreamIdentity stream(JsonNode node) {
    return new StreamIdentity(
        node.path("arn").asText(), time(node, "created").orElse(Instant.EPOCH));
  }

  static Optional<Instant> time(JsonNode node, String field) {
    return node.hasNonNull(field)
        ? Optional.of(Instant.parse(node.path(field).asText()))
        : Optional.empty();
  }

  private static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Not JSON", e);
    }
  }
}
