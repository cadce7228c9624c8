package dev.millrace.connector.option;

import dev.millrace.connector.option.Property.Section;
import dev.millrace.read.FetchOptions;
import dev.millrace.read.ReadLimits;
import dev.millrace.table.OnBad;
import dev.millrace.table.Start;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Every property of a catalog file, declared once and in the order it is shown: the parser, the
 * sample file, the reference page and the session's properties all come from here.
 */
final class CatalogProperties {
  static final Property<String> TABLE_DESCRIPTION_LOCATION =
      Property.of(
              Section.TABLES,
              "kinesis.table-description-location",
              Kind.text("a directory, or s3://BUCKET/PREFIX/"),
              "Where table definitions are: every *.json file there. The coordinator reads"
                  + " them and sends workers what they need, but no credentials: where a definition"
                  + " has some, have it on every node.")
          .byDefault("etc/kinesis/");

  static final Property<Duration> TABLE_DESCRIPTION_REFRESH_INTERVAL =
      Property.of(
              Section.TABLES,
              "kinesis.table-description-refresh-interval",
              Kind.DURATION,
              "How old definitions may be before they are read again, from a directory as from S3.")
          .byDefault("10m");

  static final Property<String> DEFAULT_SCHEMA =
      Property.of(
              Section.TABLES,
              "kinesis.default-schema",
              Kind.text("a schema's name"),
              "The schema of tables whose definition names none.")
          .byDefault("default");

  static final Property<Boolean> HIDE_INTERNAL_COLUMNS =
      Property.of(
              Section.TABLES,
              "kinesis.hide-internal-columns",
              Kind.FLAG,
              "Whether SELECT * and DESCRIBE leave out the metadata columns, such as _timestamp."
                  + " Named in a query they are always there.")
          .byDefault("true");

  static final Property<String> AWS_REGION =
      Property.of(
          Section.AWS,
          "kinesis.aws-region",
          Kind.shape("a region's name such as eu-west-1", "[a-z][a-z0-9]*(-[a-z0-9]+)*"),
          "The region of the streams. A definition's region comes first. Without either it is found"
              + " as every AWS tool finds it, and in the end it is us-east-1, with a warning.");

  static final Property<URI> ENDPOINT_URL =
      Property.of(
          Section.AWS,
          "kinesis.endpoint-url",
          Kind.ADDRESS,
          "Where Kinesis is called, such as an emulator; the region's own endpoint otherwise. S3,"
              + " Glue and DynamoDB are called there, too, unless their own property names another"
              + " place. An address of this machine needs no credentials.");

  static final Property<URI> S3_ENDPOINT_URL =
      Property.of(
          Section.AWS,
          "kinesis.s3-endpoint-url",
          Kind.ADDRESS,
          "Where S3 is called for definitions.");

  static final Property<URI> GLUE_ENDPOINT_URL =
      Property.of(
          Section.AWS,
          "kinesis.glue-endpoint-url",
          Kind.ADDRESS,
          "Where the Glue Schema Registry is called.");

  static final Property<URI> DYNAMODB_ENDPOINT_URL =
      Property.of(
          Section.AWS,
          "kinesis.dynamodb-endpoint-url",
          Kind.ADDRESS,
          "Where DynamoDB is called for checkpoints.");

  static final Property<URI> STS_ENDPOINT_URL =
      Property.of(
          Section.AWS, "kinesis.sts-endpoint-url", Kind.ADDRESS, "Where STS is called for roles.");

  static final Property<Boolean> USE_FIPS_ENDPOINT =
      Property.of(
          Section.AWS,
          "kinesis.use-fips-endpoint",
          Kind.FLAG,
          "Whether to call endpoints whose cryptography is validated to FIPS 140. Without it"
              + " AWS_USE_FIPS_ENDPOINT and the profile say.");

  static final Property<Boolean> USE_DUALSTACK_ENDPOINT =
      Property.of(
          Section.AWS,
          "kinesis.use-dualstack-endpoint",
          Kind.FLAG,
          "Whether to call endpoints that are reached over IPv6, too. Without it"
              + " AWS_USE_DUALSTACK_ENDPOINT and the profile say.");

  static final Property<String> AWS_PROFILE =
      Property.of(
          Section.AWS,
          "kinesis.aws-profile",
          Kind.text("a profile's name"),
          "The profile of the AWS configuration files that credentials, region and settings are"
              + " taken from. Credentials then come from nowhere else.");

  static final Property<String> ACCESS_KEY =
      Property.of(
          Section.AWS,
          "kinesis.access-key",
          Kind.text("an access key's id"),
          "Static credentials, together with kinesis.secret-key. Without them: environment, system"
              + " properties, web identity, profile, container, instance.");

  static final Property<String> SECRET_KEY =
      Property.of(
              Section.AWS,
              "kinesis.secret-key",
              Kind.text("a secret key"),
              "The secret of kinesis.access-key.")
          .secret();

  static final Property<String> SESSION_TOKEN =
      Property.of(
              Section.AWS,
              "kinesis.session-token",
              Kind.text("a session token"),
              "The session token of kinesis.access-key, where its credentials are temporary.")
          .secret();

  static final Property<String> ROLE_ARN =
      Property.of(
          Section.AWS,
          "kinesis.role-arn",
          Kind.shape(
              "a role's ARN, arn:PARTITION:iam::ACCOUNT:role/NAME",
              "arn:[a-z0-9-]+:iam::[0-9]{12}:role/.+"),
          "The role to assume, as whoever the credentials are. A definition's role comes first.");

  static final Property<String> ROLE_EXTERNAL_ID =
      Property.of(
              Section.AWS,
              "kinesis.role-external-id",
              Kind.shape(
                  "2 to 1224 letters, digits and characters of _+=,.@-:/",
                  "[A-Za-z0-9_+=,.@:/-]{2,1224}"),
              "The external id that kinesis.role-arn asks for.")
          .secret();

  static final Property<String> ROLE_SESSION_NAME =
      Property.of(
          Section.AWS,
          "kinesis.role-session-name",
          Kind.shape(
              "2 to 64 letters, digits and characters of _+=,.@-", "[A-Za-z0-9_+=,.@-]{2,64}"),
          "The name that the role's session has in logs; millrace otherwise.");

  static final Property<Start> START =
      Property.of(
              Section.READING,
              "kinesis.start",
              Kind.START,
              "Where a scan starts when neither the query nor the definition says. A lower bound on"
                  + " _timestamp in the query replaces it, earlier or later.")
          .byDefault("24h")
          .inSession("start");

  static final Property<ReadBound> READ_UNTIL =
      Property.of(
              Section.READING,
              "kinesis.read-until",
              Kind.BOUND,
              "Up to which arrival time a query reads that does not say so itself, exclusively.")
          .byDefault("now")
          .inSession("read_until");

  static final Property<OnBad> ON_BAD =
      Property.of(
              Section.READING,
              "kinesis.on-bad",
              Kind.word(OnBad.class),
              "What a record does that cannot be decoded, where its definition does not say: null,"
                  + " a row of NULLs with _error; skip, no row; fail, the query fails.")
          .byDefault("null")
          .inSession("on_bad");

  static final Property<FetchOptions.OnLoss> ON_LOSS =
      Property.of(
              Section.READING,
              "kinesis.on-loss",
              Kind.word(FetchOptions.OnLoss.class),
              "What it does that records are lost while they are read, because retention or a"
                  + " reshard took them: the query fails, or goes on with what there is. The ledger"
                  + " has it either way.")
          .byDefault("fail")
          .inSession("on_loss");

  static final Property<Integer> BATCH_SIZE =
      Property.of(
              Section.READING,
              "kinesis.batch-size",
              Kind.wholeNumber(1, Integer.MAX_VALUE),
              "The most records to ask for in one GetRecords call. The service gives 10000 at"
                  + " most.")
          .byDefault("10000")
          .inSession("batch_size");

  static final Property<Integer> MAX_BATCHES =
      Property.of(
              Section.READING,
              "kinesis.max-batches",
              Kind.wholeNumber(1, Integer.MAX_VALUE),
              "The most GetRecords calls with records a query makes for one shard. Reaching it is a"
                  + " warning, and the ledger says what was left. Without it there is no such end.")
          .inSession("max_batches");

  static final Property<Integer> CALLS_IN_FLIGHT =
      Property.of(
              Section.READING,
              "kinesis.calls-in-flight",
              Kind.wholeNumber(1, 1024),
              "The most GetRecords calls at once on one node, over all queries of this catalog.")
          .byDefault("32");

  static final Property<Long> BUFFER_SIZE =
      Property.of(
              Section.READING,
              "kinesis.buffer-size",
              Kind.SIZE,
              "The memory that answers may hold on one node, over all queries of this catalog,"
                  + " before calls stop; at least 10MB, one answer.")
          .byDefault("192MB");

  static final Property<Duration> PATIENCE =
      Property.of(
              Section.READING,
              "kinesis.patience",
              Kind.DURATION,
              "How long a shard may only throttle or fail before the query fails. Calls are tried"
                  + " again until then, at growing intervals.")
          .byDefault("2m");

  static final Property<ReadLimits> READ_LIMITS =
      Property.of(
              Section.READING,
              "kinesis.read-limits",
              Kind.word(ReadLimits.class),
              "How fast one node reads a shard: service, 5 calls and 2MB a second, all queries"
                  + " together, as Kinesis allows; none, as fast as it comes, for an emulator that"
                  + " has no limits. Kinesis itself then throttles.")
          .byDefault("service");

  static final Property<Duration> CONNECT_TIMEOUT =
      Property.of(
              Section.READING,
              "kinesis.connect-timeout",
              Kind.TIMEOUT,
              "How long a call to AWS waits for a connection. Then it has failed, and is tried again"
                  + " as kinesis.patience says.")
          .byDefault("5s");

  static final Property<Duration> READ_TIMEOUT =
      Property.of(
              Section.READING,
              "kinesis.read-timeout",
              Kind.TIMEOUT,
              "How long a call to AWS waits for the next bytes of its answer.")
          .byDefault("30s");

  static final Property<Boolean> CHECKPOINT_ENABLED =
      Property.of(
              Section.CHECKPOINTS,
              "kinesis.checkpoint-enabled",
              Kind.FLAG,
              "Whether queries read on from where the last successful one under the same name"
                  + " ended, and move the name.")
          .byDefault("false")
          .inSession("checkpoint_enabled");

  static final Property<String> CHECKPOINT_LOGICAL_NAME =
      Property.of(
              Section.CHECKPOINTS,
              "kinesis.checkpoint-logical-name",
              Kind.shape(
                  "1 to 200 characters without # and control characters", "[^#\\p{Cntrl}]{1,200}"),
              "The name that queries read on under. Each stream has its own place under a name.")
          .byDefault("process1")
          .inSession("checkpoint_logical_name");

  static final Property<Integer> ITERATION_NUMBER =
      Property.of(
              Section.CHECKPOINTS,
              "kinesis.iteration-number",
              Kind.wholeNumber(0, Integer.MAX_VALUE),
              "As in the old connectors: iteration N starts where iteration N-1 of the name ended,"
                  + " 0 where a scan starts otherwise, and can be repeated. Without it a query"
                  + " starts where the one before it ended, which is what most want.")
          .inSession("iteration_number");

  static final Property<CheckpointOptions.Place> CHECKPOINT_STORE =
      Property.of(
              Section.CHECKPOINTS,
              "kinesis.checkpoint-store",
              new Kind<>(
                  "dynamodb:TABLE or file:DIRECTORY",
                  SessionProperty.Type.TEXT,
                  CheckpointPlaces::parse),
              "Where checkpoints are kept: a DynamoDB table, or a directory where the cluster is"
                  + " one node.")
          .byDefault("dynamodb:millrace-checkpoints");

  static final Property<Boolean> CHECKPOINT_CREATE_TABLE =
      Property.of(
              Section.CHECKPOINTS,
              "kinesis.checkpoint-create-table",
              Kind.FLAG,
              "Whether the DynamoDB table is made where it is not there. Otherwise a query with a"
                  + " checkpoint fails and says how the table has to look.")
          .byDefault("false");

  static final Property<Integer> DYNAMO_READ_CAPACITY =
      Property.of(
          Section.CHECKPOINTS,
          "kinesis.dynamo-read-capacity",
          Kind.wholeNumber(1, 40_000),
          "Read units a second of a table that is made; together with"
              + " kinesis.dynamo-write-capacity. Without the two each request is paid for.");

  static final Property<Integer> DYNAMO_WRITE_CAPACITY =
      Property.of(
          Section.CHECKPOINTS,
          "kinesis.dynamo-write-capacity",
          Kind.wholeNumber(1, 40_000),
          "Write units a second of a table that is made.");

  static final Property<Duration> CHECKPOINT_RETENTION =
      Property.of(
              Section.CHECKPOINTS,
              "kinesis.checkpoint-retention",
              Kind.DURATION,
              "How long marks of splits and entries of the ledger are kept. Names are kept for"
                  + " ever.")
          .byDefault("30d");

  static final List<Property<?>> ALL =
      List.of(
          TABLE_DESCRIPTION_LOCATION,
          TABLE_DESCRIPTION_REFRESH_INTERVAL,
          DEFAULT_SCHEMA,
          HIDE_INTERNAL_COLUMNS,
          AWS_REGION,
          ENDPOINT_URL,
          S3_ENDPOINT_URL,
          GLUE_ENDPOINT_URL,
          DYNAMODB_ENDPOINT_URL,
          STS_ENDPOINT_URL,
          USE_FIPS_ENDPOINT,
          USE_DUALSTACK_ENDPOINT,
          AWS_PROFILE,
          ACCESS_KEY,
          SECRET_KEY,
          SESSION_TOKEN,
          ROLE_ARN,
          ROLE_EXTERNAL_ID,
          ROLE_SESSION_NAME,
          START,
          READ_UNTIL,
          ON_BAD,
          ON_LOSS,
          BATCH_SIZE,
          MAX_BATCHES,
          CALLS_IN_FLIGHT,
          BUFFER_SIZE,
          PATIENCE,
          CONNECT_TIMEOUT,
          READ_TIMEOUT,
          READ_LIMITS,
          CHECKPOINT_ENABLED,
          CHECKPOINT_LOGICAL_NAME,
          ITERATION_NUMBER,
          CHECKPOINT_STORE,
          CHECKPOINT_CREATE_TABLE,
          DYNAMO_READ_CAPACITY,
          DYNAMO_WRITE_CAPACITY,
          CHECKPOINT_RETENTION);

  private CatalogProperties() {}

  static List<String> keys() {
    return ALL.stream().<String>map(Property::key).toList();
  }

  static Optional<Property<?>> find(String key) {
    return ALL.stream().filter(property -> property.key().equals(key)).findFirst();
  }

  static Optional<Property<?>> findInSession(String name) {
    return ALL.stream()
        .filter(property -> property.session().filter(name::equals).isPresent())
        .findFirst();
  }
}
