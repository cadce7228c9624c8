package dev.millrace.connector.option;

import dev.millrace.aws.AwsOptions;
import dev.millrace.read.FetchOptions;
import dev.millrace.read.ReadLimits;
import dev.millrace.stream.MillraceException;
import dev.millrace.table.StreamAccess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a catalog file says.
 *
 * @param aws where and as whom the catalog calls; for a table see {@link #aws(StreamAccess)}
 * @param definitionsLocation a directory, or {@code s3://BUCKET/PREFIX/}
 * @param sessionDefaults what holds in a session that sets nothing
 * @param warnings what was written and has another name now, or no meaning, a line each
 */
public record CatalogOptions(
    AwsOptions aws,
    String definitionsLocation,
    Duration refreshInterval,
    String defaultSchema,
    InternalColumns internalColumns,
    FetchOptions fetch,
    ReadLimits limits,
    CheckpointOptions checkpoints,
    SessionOptions sessionDefaults,
    List<String> warnings) {

  /**
   * Reads a catalog file, with the environment of this process.
   *
   * @param config without {@code connector.name}
   * @throws MillraceException with a line for each thing that is wrong
   */
  public static CatalogOptions parse(Map<String, String> config) {
    return parse(config, System.getenv());
  }

  static CatalogOptions parse(Map<String, String> config, Map<String, String> environment) {
    return new OptionsReader(PropertyValues.of(config), environment).read();
  }

  /** Where and as whom a table's stream is called. */
  public AwsOptions aws(StreamAccess ofDefinition) {
    return aws.withAccess(ofDefinition.over(aws.access()));
  }

  /** The properties whose values nobody may see. */
  public static Set<String> secretKeys() {
    return CatalogProperties.ALL.stream()
        .filter(Property::isSecret)
        .map(Property::key)
        .collect(Collectors.toUnmodifiableSet());
  }
}
