package dev.millrace.connector.option;

import dev.millrace.connector.checkpoint.CheckpointName;
import dev.millrace.table.json.StartText;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * A session's options as texts: under the names a session sets them by, and with those it cannot.
 */
final class SessionCodec {
  private static final String DEFAULT_START = "default_start";
  private static final String DEFAULT_ON_BAD = "default_on_bad";

  private SessionCodec() {}

  static Map<String, String> encode(SessionOptions options) {
    Map<String, String> texts = new TreeMap<>();
    options.start().ifPresent(start -> texts.put("start", StartText.write(start)));
    texts.put(DEFAULT_START, StartText.write(options.defaultStart()));
    texts.put("read_until", options.until().toString());
    options.onBad().ifPresent(policy -> texts.put("on_bad", Kind.word(policy)));
    texts.put(DEFAULT_ON_BAD, Kind.word(options.defaultOnBad()));
    texts.put("on_loss", Kind.word(options.onLoss()));
    texts.put("batch_size", String.valueOf(options.batchSize()));
    options.maxBatches().ifPresent(most -> texts.put("max_batches", String.valueOf(most)));
    texts.put("checkpoint_enabled", String.valueOf(options.checkpointEnabled()));
    texts.put("checkpoint_logical_name", options.checkpointName().name());
    options
        .checkpointName()
        .iteration()
        .ifPresent(number -> texts.put("iteration_number", String.valueOf(number)));
    return texts;
  }

  static SessionOptions decode(Map<String, String> texts) {
    return new SessionOptions(
        find(texts, "start", CatalogProperties.START),
        get(texts, DEFAULT_START, CatalogProperties.START),
        get(texts, "read_until", CatalogProperties.READ_UNTIL),
        find(texts, "on_bad", CatalogProperties.ON_BAD),
        get(texts, DEFAULT_ON_BAD, CatalogProperties.ON_BAD),
        get(texts, "on_loss", CatalogProperties.ON_LOSS),
        get(texts, "batch_size", CatalogProperties.BATCH_SIZE),
        number(texts, "max_batches", CatalogProperties.MAX_BATCHES),
        get(texts, "checkpoint_enabled", CatalogProperties.CHECKPOINT_ENABLED),
        new CheckpointName(
            get(texts, "checkpoint_logical_name", CatalogProperties.CHECKPOINT_LOGICAL_NAME),
            number(texts, "iteration_number", CatalogProperties.ITERATION_NUMBER)));
  }

  private static <T> Optional<T> find(Map<String, String> texts, String name, Property<T> of) {
    return Optional.ofNullable(texts.get(name)).map(of.kind().reader());
  }

  private static <T> T get(Map<String, String> texts, String name, Property<T> of) {
    return find(texts, name, of)
        .orElseThrow(() -> new IllegalArgumentException("Encoded options lack " + name));
  }

  private static OptionalInt number(Map<String, String> texts, String name, Property<Integer> of) {
    return OptionsReader.optional(find(texts, name, of));
  }
}
