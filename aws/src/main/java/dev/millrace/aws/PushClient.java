package dev.millrace.aws;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.client.config.SdkAdvancedAsyncClientOption;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClientBuilder;
import software.amazon.awssdk.utils.ThreadFactoryBuilder;

/**
 * The SDK's asynchronous client and its threads. Nothing else names a class of Netty, which takes a
 * while to load and is of no use to who polls.
 */
final class PushClient implements AutoCloseable {
  /** More than an account has shards. */
  private static final int MAX_SUBSCRIPTIONS = 10_000;

  /**
   * Longer than a subscription lives: one that is held back reads nothing for as long as its reader
   * likes, and one that is silent is left by its reader.
   */
  private static final Duration READ_TIMEOUT = Duration.ofMinutes(6);

  /** A connection that no longer answers is closed, or new subscriptions would be put onto it. */
  private static final Duration PING = Duration.ofSeconds(10);

  private final SdkEventLoopGroup threads;
  private final KinesisAsyncClient client;

  private PushClient(SdkEventLoopGroup threads, KinesisAsyncClient client) {
    this.threads = threads;
    this.client = client;
  }

  static PushClient start(AwsConnection connection) {
    SdkEventLoopGroup threads =
        SdkEventLoopGroup.builder()
            .numberOfThreads(Runtime.getRuntime().availableProcessors())
            .threadFactory(new ThreadFactoryBuilder().threadNamePrefix("millrace-push").build())
            .build();
    NettyNioAsyncHttpClient.Builder http =
        NettyNioAsyncHttpClient.builder()
            .eventLoopGroup(threads)
            .protocol(Protocol.HTTP2)
            .maxConcurrency(MAX_SUBSCRIPTIONS)
            .maxPendingConnectionAcquires(MAX_SUBSCRIPTIONS)
            .connectionTimeout(connection.timeouts().connect())
            .readTimeout(READ_TIMEOUT)
            .tcpKeepAlive(true)
            .http2Configuration(h -> h.healthCheckPingPeriod(PING));
    connection.trust().ifPresent(http::tlsTrustManagersProvider);
    KinesisAsyncClientBuilder builder =
        KinesisAsyncClient.builder()
            .httpClientBuilder(http)
            // What follows from an answer is little: no thread is woken for it.
            .asyncConfiguration(
                a ->
                    a.advancedOption(
                        SdkAdvancedAsyncClientOption.FUTURE_COMPLETION_EXECUTOR, Runnable::run));
    connection.configure(builder, o -> o.addExecutionInterceptor(new EventAnswer()));
    return new PushClient(threads, builder.build());
  }

  KinesisAsyncClient client() {
    return client;
  }

  /**
   * Returns at once. The SDK would wait for seconds for connections that are still being made, and
   * its threads to end, none of which keeps the process.
   */
  @Override
  public void close() {
    Thread closing = new Thread(this::closeNow, "millrace-push-close");
    closing.setDaemon(true);
    closing.start();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for the threads' end.
  private void closeNow() {
    client.close();
    threads.eventLoopGroup().shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
