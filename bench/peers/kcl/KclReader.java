package dev.millrace.bench;

import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.kinesis.common.ConfigsBuilder;
import software.amazon.kinesis.common.InitialPositionInStream;
import software.amazon.kinesis.common.InitialPositionInStreamExtended;
import software.amazon.kinesis.coordinator.CoordinatorConfig;
import software.amazon.kinesis.coordinator.Scheduler;
import software.amazon.kinesis.leases.LeaseManagementConfig;
import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.lifecycle.events.LeaseLostInput;
import software.amazon.kinesis.lifecycle.events.ProcessRecordsInput;
import software.amazon.kinesis.lifecycle.events.ShardEndedInput;
import software.amazon.kinesis.lifecycle.events.ShutdownRequestedInput;
import software.amazon.kinesis.metrics.NullMetricsFactory;
import software.amazon.kinesis.processor.ShardRecordProcessor;
import software.amazon.kinesis.processor.SingleStreamTracker;
import software.amazon.kinesis.retrieval.polling.PollingConfig;

/**
 * A contender of KclBench: KCL as a process, polling. Its processor does nothing but count, and
 * never checkpoints.
 */
final class KclReader {
  private static final AwsCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));

  /** KCL refuses an idle time below 200 ms. */
  private static final long LEAST_IDLE_MILLIS = 200;

  private final URI kinesisEndpoint;
  private final URI dynamoDbEndpoint;

  private KclReader(URI kinesisEndpoint, URI dynamoDbEndpoint) {
    this.kinesisEndpoint = kinesisEndpoint;
    this.dynamoDbEndpoint = dynamoDbEndpoint;
  }

  public static void main(String[] args) throws InterruptedException {
    ReadingMeter meter = new ReadingMeter(Long.parseLong(args[1]), Long.parseLong(args[2]));
    KclReader reader = new KclReader(URI.create(args[0]), URI.create(args[3]));
    Scheduler scheduler = reader.scheduler(meter, args[4].equals("fast"));
    Thread thread = new Thread(scheduler, "scheduler");
    thread.setDaemon(true);
    thread.start();
    meter.awaitEnd();
    System.out.println(meter.figures());
    System.out.flush();
    Runtime.getRuntime().halt(0); // An orderly shutdown takes seconds and is not measured.
  }

  private Scheduler scheduler(ReadingMeter meter, boolean fast) {
    KinesisAsyncClient kinesis = kinesis();
    ConfigsBuilder configs =
        new ConfigsBuilder(
            new SingleStreamTracker(
                SourceProcess.STREAM,
                InitialPositionInStreamExtended.newInitialPosition(
                    InitialPositionInStream.TRIM_HORIZON)),
            "bench-" + UUID.randomUUID(),
            kinesis,
            dynamoDb(),
            cloudWatch(),
            "worker",
            () -> new Counter(meter));
    PollingConfig polling = new PollingConfig(SourceProcess.STREAM, kinesis);
    LeaseManagementConfig leases = configs.leaseManagementConfig();
    CoordinatorConfig coordinator = configs.coordinatorConfig();
    if (fast) {
      makeFast(polling, leases, coordinator);
    }
    return new Scheduler(
        configs.checkpointConfig(),
        coordinator,
        leases,
        configs.lifecycleConfig(),
        configs.metricsConfig().metricsFactory(new NullMetricsFactory()),
        configs.processorConfig(),
        configs.retrievalConfig().retrievalSpecificConfig(polling));
  }

  private static void makeFast(
      PollingConfig polling, LeaseManagementConfig leases, CoordinatorConfig coordinator) {
    polling
        .maxRecords(10_000)
        .idleTimeBetweenReadsInMillis(LEAST_IDLE_MILLIS)
        .usePollingConfigIdleTimeValue(true);
    leases.shardSyncIntervalMillis(1_000).leaseAssignmentIntervalMillis(1_000L);
    leases
        .workerUtilizationAwareAssignmentConfig()
        .disableWorkerMetrics(true)
        .inMemoryWorkerMetricsCaptureFrequencyMillis(1_000)
        .workerMetricsReporterFreqInMillis(1_000);
    coordinator
        .parentShardPollIntervalMillis(200)
        .shardConsumerDispatchPollIntervalMillis(100)
        .schedulerInitializationBackoffTimeMillis(100);
  }

  /** The emulator speaks HTTP/1.1 only; towards the service KCL asks for HTTP/2. */
  private KinesisAsyncClient kinesis() {
    return KinesisAsyncClient.builder()
        .region(Region.US_EAST_1)
        .endpointOverride(kinesisEndpoint)
        .credentialsProvider(CREDENTIALS)
        .httpClientBuilder(
            NettyNioAsyncHttpClient.builder()
                .protocol(Protocol.HTTP1_1)
                .maxConcurrency(256)
                .readTimeout(Duration.ofSeconds(30)))
        .build();
  }

  private DynamoDbAsyncClient dynamoDb() {
    return DynamoDbAsyncClient.builder()
        .region(Region.US_EAST_1)
        .endpointOverride(dynamoDbEndpoint)
        .credentialsProvider(CREDENTIALS)
        .build();
  }

  /** Asked for by a builder, and never called: the metrics go nowhere. */
  private static CloudWatchAsyncClient cloudWatch() {
    return CloudWatchAsyncClient.builder()
        .region(Region.US_EAST_1)
        .endpointOverride(URI.create("http://127.0.0.1:9"))
        .credentialsProvider(CREDENTIALS)
        .build();
  }

  private record Counter(ReadingMeter meter) implements ShardRecordProcessor {
    @Override
    public void initialize(InitializationInput input) {}

    @Override
    public void processRecords(ProcessRecordsInput input) {
      meter.read(input.records().size());
    }

    @Override
    public void leaseLost(LeaseLostInput input) {}

    @Override
    public void shardEnded(ShardEndedInput input) {}

    @Override
    public void shutdownRequested(ShutdownRequestedInput input) {}
  }
}
