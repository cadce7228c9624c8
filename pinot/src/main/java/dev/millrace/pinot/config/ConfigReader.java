package dev.millrace.pinot.config;

import dev.millrace.pinot.config.KinesisConfig.Controller;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.StreamRef;
import dev.millrace.table.Start;
import dev.millrace.table.StreamAccess;
import dev.millrace.table.StreamAccess.Renewal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Makes a configuration of what stream configs say, or says all that is wrong with them. */
final class ConfigReader {
  private final String table;
  private final KeyValues values;

  ConfigReader(String table, Map<String, String> configs) {
    this.table = table;
    this.values = new KeyValues(configs);
  }

  KinesisConfig read() {
    KinesisConfig config =
        new KinesisConfig(
            table,
            stream(),
            new StreamAccess(values.find(Keys.REGION), values.find(Keys.ENDPOINT), role(), keys()),
            start(),
            values.get(Keys.FETCH_TIMEOUT),
            values.get(Keys.MAX_RECORDS),
            values
                .find(Keys.REQUESTS_PER_SECOND)
                .map(OptionalDouble::of)
                .orElse(OptionalDouble.empty()),
            values.get(Keys.METADATA_POPULATE),
            values.find(Keys.ENVELOPES).orElse(List.of()),
            values.find(Keys.FAN_OUT_CONSUMER),
            controller(),
            List.copyOf(values.warnings()));
    if (!values.problems().isEmpty()) {
      throw new MillraceException(
          ErrorCode.USER,
          "The stream configs of table "
              + table
              + " are not allowed: "
              + String.join(" | ", values.problems()));
    }
    return config;
  }

  private StreamRef stream() {
    if (!values.has(Keys.STREAM)) {
      values.problem(Keys.STREAM.name() + " is missing; allowed: " + Keys.STREAM.allowed() + ".");
    }
    return values.find(Keys.STREAM).orElseGet(() -> StreamRef.parse("none"));
  }

  private Start start() {
    Optional<Start> reset = values.find(Keys.AUTO_OFFSET_RESET);
    return values
        .find(Keys.SHARD_ITERATOR_TYPE)
        .or(() -> reset)
        .orElseGet(() -> new Start.TrimHorizon());
  }

  /** One of the two alone is no credential to Pinot's own plugin either. */
  private Optional<StreamAccess.Keys> keys() {
    Optional<String> access = values.find(Keys.ACCESS_KEY);
    Optional<String> secret = values.find(Keys.SECRET_KEY);
    Optional<String> token = values.find(Keys.SESSION_TOKEN);
    if (access.isPresent() != secret.isPresent()) {
      values.warning(
          (access.isPresent() ? Keys.ACCESS_KEY : Keys.SECRET_KEY).name()
              + " has no effect: accessKey and secretKey are taken together or not at all.");
    } else if (token.isPresent() && access.isEmpty()) {
      values.warning("sessionToken has no effect without accessKey and secretKey.");
    }
    return access.flatMap(id -> secret.map(word -> new StreamAccess.Keys(id, word, token)));
  }

  private Optional<StreamAccess.Role> role() {
    Optional<String> arn = values.find(Keys.ROLE_ARN);
    Optional<String> externalId = values.find(Keys.EXTERNAL_ID);
    String sessionName = values.find(Keys.ROLE_SESSION_NAME).orElseGet(Keys::sessionName);
    Renewal renewal =
        new Renewal(
            values.get(Keys.SESSION_DURATION),
            values.get(Keys.ASYNC_SESSION_UPDATE) ? Renewal.When.AHEAD : Renewal.When.NEEDED);
    if (!values.get(Keys.ROLE_BASED_ACCESS)) {
      if (values.has(Keys.ROLE_ARN)) {
        values.warning("roleArn has no effect without iamRoleBasedAccessEnabled=true.");
      }
      return Optional.empty();
    }
    if (!values.has(Keys.ROLE_ARN)) {
      values.problem(
          "roleArn is missing, and iamRoleBasedAccessEnabled is true; allowed: "
              + Keys.ROLE_ARN.allowed()
              + ".");
    }
    return arn.map(
        role -> new StreamAccess.Role(role, externalId, Optional.of(sessionName), renewal));
  }

  private Optional<Controller> controller() {
    Optional<String> token = values.find(Keys.CONTROLLER_TOKEN);
    Duration delay = values.get(Keys.CONTROLLER_DELAY);
    if (!values.has(Keys.CONTROLLER_URL) && token.isPresent()) {
      values.warning(
          Keys.CONTROLLER_TOKEN.name() + " has no effect without " + Keys.CONTROLLER_URL.name());
    }
    return values.find(Keys.CONTROLLER_URL).map(url -> new Controller(url, token, delay));
  }
}
