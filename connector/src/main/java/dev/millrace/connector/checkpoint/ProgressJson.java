package dev.millrace.connector.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.read.ShardProgress;
import dev.millrace.stream.Position;
import dev.millrace.stream.SequenceNumber;
import java.time.Instant;

/** How far a shard was read, as JSON. */
final class ProgressJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String READ_TO = "readTo";
  private static final String TRIM_HORIZON = "trimHorizon";
  private static final String TIME = "time";
  private static final String AT = "at";
  private static final String AFTER = "after";
  private static final String SUBSEQUENCE = "subsequence";
  private static final String FINISHED = "finished";

  private ProgressJson() {}

  static ObjectNode write(ShardProgress progress) {
    ObjectNode node = JSON.createObjectNode();
    if (progress instanceof ShardProgress.Finished finished) {
      node.put(FINISHED, true);
      finished.readTo().ifPresent(time -> node.put(READ_TO, time.toString()));
    } else if (progress instanceof ShardProgress.Reading reading) {
      position(node, reading.position());
      reading.readTo().ifPresent(time -> node.put(READ_TO, time.toString()));
    }
    return node;
  }

  private static void position(ObjectNode node, Position position) {
    if (position instanceof Position.TrimHorizon) {
      node.put(TRIM_HORIZON, true);
    } else if (position instanceof Position.AtTimestamp at) {
      node.put(TIME, at.time().toString());
    } else if (position instanceof Position.AtSequenceNumber at) {
      node.put(AT, at.sequence().digits());
    } else if (position instanceof Position.AfterSequenceNumber after) {
      node.put(AFTER, after.sequence().digits());
      after.subsequence().ifPresent(number -> node.put(SUBSEQUENCE, number));
    } else {
      throw new IllegalArgumentException(
          position + " is another place each time; a checkpoint needs one that stays");
    }
  }

  /**
   * @throws IllegalArgumentException where it is something else
   */
  static ShardProgress read(JsonNode node) {
    try {
      return node.path(FINISHED).asBoolean()
          ? new ShardProgress.Finished(CheckpointJson.time(node, READ_TO))
          : new ShardProgress.Reading(position(node), CheckpointJson.time(node, READ_TO));
    } catch (java.time.format.DateTimeParseException e) {
      throw new IllegalArgumentException("Not a time", e);
    }
  }

  private static Position position(JsonNode node) {
    if (node.has(TRIM_HORIZON)) {
      return Position.trimHorizon();
    } else if (node.has(TIME)) {
      return Position.at(Instant.parse(node.path(TIME).asText()));
    } else if (node.has(AT)) {
      return Position.at(new SequenceNumber(node.path(AT).asText()));
    }
    SequenceNumber after = new SequenceNumber(node.path(AFTER).asText());
    return node.has(SUBSEQUENCE)
        ? Position.after(after, node.path(SUBSEQUENCE).asLong())
        : Position.after(after);
  }
}
