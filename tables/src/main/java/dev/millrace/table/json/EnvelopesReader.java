package dev.millrace.table.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.table.Envelope;
import dev.millrace.table.Envelope.JsonWrapper;
import dev.millrace.table.json.DefinitionKey.Level;
import dev.millrace.table.mapping.JsonPath;
import dev.millrace.table.mapping.MappingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what wraps a message. */
final class EnvelopesReader {
  private final DefinitionObject message;

  EnvelopesReader(DefinitionObject message) {
    this.message = message;
  }

  /** From the outside in; none where one of them is wrong. */
  Optional<List<Envelope>> read() {
    if (!message.node().hasNonNull(DefinitionKey.ENVELOPES.key)) {
      return Optional.of(List.of());
    }
    return message.list(DefinitionKey.ENVELOPES).flatMap(this::envelopes);
  }

  private Optional<List<Envelope>> envelopes(List<JsonNode> elements) {
    List<Envelope> envelopes = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      String place = DefinitionKey.ENVELOPES.key + "[" + i + "]";
      envelope(place, elements.get(i)).ifPresent(envelopes::add);
      if (envelopes.stream().filter(EnvelopesReader::holdsMessage).count() > 1) {
        message.error(
            place,
            "only one envelope cloudwatch-logs, or json with the key message, can be in a list:"
                + " columns with \"in\": \"envelope\" are read from it");
        return Optional.empty();
      }
    }
    return envelopes.size() == elements.size() ? Optional.of(envelopes) : Optional.empty();
  }

  private Optional<Envelope> envelope(String place, JsonNode element) {
    if (element.isTextual()) {
      return message.word(place, element.asText(), "an envelope", EnvelopeNames.MEANINGS);
    }
    if (!element.isObject()) {
      message.error(
          place,
          DefinitionObject.written(element)
              + " is not an envelope; write a name, or an object with the key type");
      return Optional.empty();
    }
    return message.objectAt(place, element).flatMap(EnvelopesReader::envelope);
  }

  private static Optional<Envelope> envelope(DefinitionObject object) {
    object.warnUnknownKeys(Level.ENVELOPE);
    Optional<Envelope> named =
        object.word(DefinitionKey.ENVELOPE_TYPE, "an envelope", EnvelopeNames.MEANINGS);
    Optional<String> rows = path(object, DefinitionKey.ENVELOPE_ROWS, named);
    Optional<String> inner = path(object, DefinitionKey.ENVELOPE_MESSAGE, named);
    return named.map(
        envelope -> envelope instanceof JsonWrapper ? new JsonWrapper(rows, inner) : envelope);
  }

  private static Optional<String> path(
      DefinitionObject object, DefinitionKey key, Optional<Envelope> envelope) {
    Optional<String> path = object.text(key);
    if (path.isEmpty()) {
      return path;
    }
    if (envelope.isPresent() && !(envelope.get() instanceof JsonWrapper)) {
      object.error(
          key.key, "this belongs to the envelope json. Remove it, or write \"type\": \"json\"");
    }
    try {
      JsonPath.parseOrWhole(path.get());
    } catch (MappingException e) {
      object.error(key.key, e.fault().detail());
    }
    return path;
  }

  /** Whether it is one that columns can be read from. */
  static boolean hasColumns(Envelope envelope) {
    return envelope instanceof Envelope.CloudWatchLogs || envelope instanceof JsonWrapper;
  }

  private static boolean holdsMessage(Envelope envelope) {
    return envelope instanceof Envelope.CloudWatchLogs
        || (envelope instanceof JsonWrapper wrapper && wrapper.message().isPresent());
  }
}
