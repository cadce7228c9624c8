package dev.millrace.connector.option;

import dev.millrace.aws.AwsOptions;
import dev.millrace.aws.DynamoDbItems.AbsentTable;
import dev.millrace.aws.HttpTimeouts;
import dev.millrace.aws.SettingNames;
import dev.millrace.connector.checkpoint.CheckpointName;
import dev.millrace.read.FetchOptions;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.table.StreamAccess;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes options of what a catalog file says, or says all that is wrong with it. */
final class OptionsReader {
  private static final int MAX_RECORDS = 10_000;

  private final PropertyValues values;
  private final Map<String, String> environment;

  OptionsReader(PropertyValues values, Map<String, String> environment) {
    this.values = values;
    this.environment = environment;
  }

  CatalogOptions read() {
    CatalogOptions options =
        new CatalogOptions(
            aws(),
            values.get(CatalogProperties.TABLE_DESCRIPTION_LOCATION),
            values.get(CatalogProperties.TABLE_DESCRIPTION_REFRESH_INTERVAL),
            values.get(CatalogProperties.DEFAULT_SCHEMA),
            values.get(CatalogProperties.HIDE_INTERNAL_COLUMNS)
                ? InternalColumns.HIDDEN
                : InternalColumns.SHOWN,
            fetch(),
            values.get(CatalogProperties.READ_LIMITS),
            checkpoints(),
            session(),
            values.warnings());
    if (!values.problems().isEmpty()) {
      throw new MillraceException(ErrorCode.USER, String.join("\n", values.problems()));
    }
    return options;
  }

  private AwsOptions aws() {
    StreamAccess access = new StreamAccess(Optional.empty(), Optional.empty(), role(), keys());
    return new AwsOptions(
        values.find(CatalogProperties.AWS_REGION),
        values.find(CatalogProperties.AWS_PROFILE),
        values.find(CatalogProperties.ENDPOINT_URL),
        environment(),
        access,
        values.find(CatalogProperties.USE_FIPS_ENDPOINT),
        values.find(CatalogProperties.USE_DUALSTACK_ENDPOINT),
        new HttpTimeouts(
            values.get(CatalogProperties.CONNECT_TIMEOUT),
            values.get(CatalogProperties.READ_TIMEOUT)),
        SettingNames.CATALOG);
  }

  /** Services besides Kinesis have no option of their own below: a variable names their place. */
  private Map<String, String> environment() {
    Map<String, String> all = new HashMap<>(environment);
    Map.of(
            "AWS_ENDPOINT_URL_S3", CatalogProperties.S3_ENDPOINT_URL,
            "AWS_ENDPOINT_URL_GLUE", CatalogProperties.GLUE_ENDPOINT_URL,
            "AWS_ENDPOINT_URL_DYNAMODB", CatalogProperties.DYNAMODB_ENDPOINT_URL,
            "AWS_ENDPOINT_URL_STS", CatalogProperties.STS_ENDPOINT_URL)
        .forEach(
            (variable, property) ->
                values.find(property).map(URI::toString).ifPresent(uri -> all.put(variable, uri)));
    return all;
  }

  private Optional<StreamAccess.Keys> keys() {
    Optional<String> key = values.find(CatalogProperties.ACCESS_KEY);
    Optional<String> secret = values.find(CatalogProperties.SECRET_KEY);
    Optional<String> token = values.find(CatalogProperties.SESSION_TOKEN);
    if (key.isPresent() != secret.isPresent()) {
      values.problem(
          "kinesis.access-key and kinesis.secret-key go together, and only "
              + (key.isPresent() ? "kinesis.access-key" : "kinesis.secret-key")
              + " is there. Write the other, or remove both to have credentials found");
      return Optional.empty();
    }
    needs(CatalogProperties.SESSION_TOKEN, CatalogProperties.ACCESS_KEY);
    return key.map(id -> new StreamAccess.Keys(id, secret.orElseThrow(), token));
  }

  private Optional<StreamAccess.Role> role() {
    needs(CatalogProperties.ROLE_EXTERNAL_ID, CatalogProperties.ROLE_ARN);
    needs(CatalogProperties.ROLE_SESSION_NAME, CatalogProperties.ROLE_ARN);
    Optional<String> externalId = values.find(CatalogProperties.ROLE_EXTERNAL_ID);
    Optional<String> sessionName = values.find(CatalogProperties.ROLE_SESSION_NAME);
    return values
        .find(CatalogProperties.ROLE_ARN)
        .map(arn -> new StreamAccess.Role(arn, externalId, sessionName));
  }

  private void needs(Property<?> property, Property<?> other) {
    if (values.has(property) && !values.has(other)) {
      values.problem(
          property.key()
              + " has no effect without "
              + other.key()
              + ". Write it, or remove this one");
    }
  }

  private FetchOptions fetch() {
    FetchOptions defaults = FetchOptions.defaults();
    long buffer = values.get(CatalogProperties.BUFFER_SIZE);
    if (buffer < FetchOptions.MAX_ANSWER_BYTES) {
      values.problem(
          CatalogProperties.BUFFER_SIZE.key()
              + " is "
              + buffer
              + " bytes; allowed: at least 10MB, the largest answer of the service.");
      buffer = FetchOptions.MAX_ANSWER_BYTES;
    }
    return defaults
        .withCallsInFlight(values.get(CatalogProperties.CALLS_IN_FLIGHT))
        .withBufferBytes(buffer)
        .withOnLoss(values.get(CatalogProperties.ON_LOSS))
        .withPatience(values.get(CatalogProperties.PATIENCE));
  }

  private CheckpointOptions checkpoints() {
    Optional<Integer> read = values.find(CatalogProperties.DYNAMO_READ_CAPACITY);
    Optional<Integer> write = values.find(CatalogProperties.DYNAMO_WRITE_CAPACITY);
    boolean isCreated = values.get(CatalogProperties.CHECKPOINT_CREATE_TABLE);
    if ((read.isPresent() || write.isPresent()) && !isCreated) {
      values.warning(
          "kinesis.dynamo-read-capacity and kinesis.dynamo-write-capacity are for a table that is"
              + " made: they do nothing without kinesis.checkpoint-create-table=true");
    }
    if (read.isPresent() != write.isPresent() && isCreated) {
      values.problem(
          "kinesis.dynamo-read-capacity and kinesis.dynamo-write-capacity go together. Write the"
              + " other, or remove both to pay for each request");
    }
    AbsentTable created =
        read.<AbsentTable>flatMap(
                units -> write.map(more -> new AbsentTable.CreateProvisioned(units, more)))
            .orElseGet(AbsentTable.CreateOnDemand::new);
    return new CheckpointOptions(
        values.get(CatalogProperties.CHECKPOINT_STORE),
        isCreated ? created : new AbsentTable.Fail(),
        values.get(CatalogProperties.CHECKPOINT_RETENTION));
  }

  private SessionOptions session() {
    String name = values.get(CatalogProperties.CHECKPOINT_LOGICAL_NAME);
    OptionalInt iteration = optional(values.find(CatalogProperties.ITERATION_NUMBER));
    int batchSize = values.get(CatalogProperties.BATCH_SIZE);
    if (batchSize > MAX_RECORDS) {
      values.warning(
          "kinesis.batch-size is "
              + batchSize
              + ", and is taken as 10000: the service gives no"
              + " more records in a call");
    }
    return new SessionOptions(
        Optional.empty(),
        values.get(CatalogProperties.START),
        values.get(CatalogProperties.READ_UNTIL),
        Optional.empty(),
        values.get(CatalogProperties.ON_BAD),
        values.get(CatalogProperties.ON_LOSS),
        Math.min(batchSize, MAX_RECORDS),
        optional(values.find(CatalogProperties.MAX_BATCHES)),
        values.get(CatalogProperties.CHECKPOINT_ENABLED),
        new CheckpointName(name, iteration));
  }

  static OptionalInt optional(Optional<Integer> value) {
    return value.map(OptionalInt::of).orElse(OptionalInt.empty());
  }
}
