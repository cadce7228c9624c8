package dev.millrace.pinot.config;

import dev.millrace.stream.StreamRef;
import dev.millrace.table.Envelope;
import dev.millrace.table.Start;
import dev.millrace.table.StreamAccess;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.pinot.spi.stream.StreamConfig;

/**
 * What a table says of its stream.
 *
 * @param table its name with its type, such as {@code orders_REALTIME}
 * @param start where a new table starts
 * @param fetchTimeout how long a fetch waits at most
 * @param maxRecords the most records of one call
 * @param requestsPerSecond the most calls a second for each shard, where the table says
 * @param populatesMetadata whether rows come with their record's metadata
 * @param envelopes what wraps a message, from the outside in
 * @param fanOutConsumer the registered consumer to read as; {@code {host}} in it stands for the
 *     server's name
 * @param controller whom to tell of new shards; without it Pinot finds them by itself
 */
public record KinesisConfig(
    String table,
    StreamRef stream,
    StreamAccess access,
    Start start,
    Duration fetchTimeout,
    int maxRecords,
    OptionalDouble requestsPerSecond,
    boolean populatesMetadata,
    List<Envelope> envelopes,
    Optional<String> fanOutConsumer,
    Optional<Controller> controller,
    List<String> warnings) {

  /**
   * Pinot's controller.
   *
   * @param token what it is told as {@code Authorization}
   * @param delay how long after a commit it is called
   */
  public record Controller(URI url, Optional<String> token, Duration delay) {
    /** Without the token. */
    @Override
    public String toString() {
      return "Controller[" + url + "]";
    }
  }

  /**
   * Reads a table's stream configs.
   *
   * @throws dev.millrace.stream.MillraceException with all that is wrong, a line each
   */
  public static KinesisConfig of(StreamConfig configs) {
    return new ConfigReader(configs.getTableNameWithType(), configs.getStreamConfigsMap()).read();
  }
}
