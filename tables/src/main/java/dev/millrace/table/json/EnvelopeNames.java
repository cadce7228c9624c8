package dev.millrace.table.json;

import dev.millrace.table.Compression;
import dev.millrace.table.Envelope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The names of envelopes in a definition. */
final class EnvelopeNames {
  static final String JSON = "json";
  static final String GLUE = "glue";
  static final String CLOUDWATCH_LOGS = "cloudwatch-logs";

  /** What each means where it stands alone, in the order of the documentation. */
  static final Map<String, Envelope> MEANINGS = new LinkedHashMap<>();

  static {
    MEANINGS.put("gzip", new Envelope.Compressed(Compression.GZIP));
    MEANINGS.put("zlib", new Envelope.Compressed(Compression.ZLIB));
    MEANINGS.put("zstd", new Envelope.Compressed(Compression.ZSTD));
    MEANINGS.put("snappy", new Envelope.Compressed(Compression.SNAPPY));
    MEANINGS.put("automatic", new Envelope.Compressed(Compression.AUTOMATIC));
    MEANINGS.put("base64", new Envelope.Base64());
    MEANINGS.put(GLUE, new Envelope.GlueHeader());
    MEANINGS.put(CLOUDWATCH_LOGS, new Envelope.CloudWatchLogs());
    MEANINGS.put(JSON, new Envelope.JsonWrapper(Optional.empty(), Optional.empty()));
    MEANINGS.put("json-lines", new Envelope.JsonLines());
    MEANINGS.put("lines", new Envelope.Lines());
    MEANINGS.put("dynamodb-json", new Envelope.DynamoDbJson());
  }

  private EnvelopeNames() {}

  static List<String> all() {
    return List.copyOf(MEANINGS.keySet());
  }

  /** None for an envelope that wraps nothing. */
  static Optional<String> find(Envelope envelope) {
    if (envelope instanceof Envelope.JsonWrapper) {
      return Optional.of(JSON);
    }
    return MEANINGS.entrySet().stream()
        .filter(entry -> entry.getValue().equals(envelope))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
