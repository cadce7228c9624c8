package dev.millrace.connector.option;

import dev.millrace.connector.checkpoint.CheckpointName;
import dev.millrace.read.FetchOptions;
import dev.millrace.table.OnBad;
import dev.millrace.table.Start;
import dev.millrace.table.TableDefinition;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What holds for the queries of a session.
 *
 * @param start what the session itself says, which comes before the definition's word
 * @param defaultStart what the catalog says, which comes after it
 * @param until up to which arrival time a query reads that does not say so itself
 * @param onBad what the session itself says, which comes before the definition's word
 * @param defaultOnBad what the catalog says, which comes after it
 * @param batchSize the most records to ask for in one call, 1 to 10,000
 * @param maxBatches the most calls with records for one shard; none means no such end
 * @param checkpointEnabled whether queries read on under {@code checkpointName}
 */
public record SessionOptions(
    Optional<Start> start,
    Start defaultStart,
    ReadBound until,
    Optional<OnBad> onBad,
    OnBad defaultOnBad,
    FetchOptions.OnLoss onLoss,
    int batchSize,
    OptionalInt maxBatches,
    boolean checkpointEnabled,
    CheckpointName checkpointName) {

  /** Everything a session can set: ours, then the old connectors' names. */
  public static final List<SessionProperty> PROPERTIES = SessionProperties.all();

  /**
   * These options, changed by what a session sets. A value that is the one {@link #value} shows is
   * no change.
   *
   * @param set as the engine has them: Boolean, Integer, Long or String
   * @param zone the session's, for times without one
   * @throws dev.millrace.stream.MillraceException with a line for each thing that is wrong
   */
  public SessionOptions with(Map<String, Object> set, ZoneId zone) {
    return new SessionReader(this, set, zone).read();
  }

  /** As {@link #with(Map, ZoneId)}, where times without a zone are UTC. */
  public SessionOptions with(Map<String, Object> set) {
    return with(set, ZoneOffset.UTC);
  }

  /**
   * What a property is where the session does not set it, of the type the property has; none where
   * leaving it out is a value of its own, and for the old connectors' names.
   */
  public Optional<Object> value(SessionProperty property) {
    return SessionProperties.value(this, property);
  }

  /** Where a scan of a table starts when the query does not say. */
  public Start start(TableDefinition table) {
    return start.or(table::start).orElse(defaultStart);
  }

  /** What a record of a table does that cannot be decoded. */
  public OnBad onBad(TableDefinition table) {
    return onBad.or(() -> table.message().onBad()).orElse(defaultOnBad);
  }

  /** The name to read on under, if any. */
  public Optional<CheckpointName> checkpoint() {
    return checkpointEnabled ? Optional.of(checkpointName) : Optional.empty();
  }

  /** These options as text, for a worker. */
  public Map<String, String> encode() {
    return SessionCodec.encode(this);
  }

  /** Reads what {@link #encode} wrote. */
  public static SessionOptions decode(Map<String, String> encoded) {
    return SessionCodec.decode(encoded);
  }
}
