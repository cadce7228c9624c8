package dev.millrace.pinot.proof;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.helix.model.ClusterConfig;
import org.apache.helix.model.HelixConfigScope;
import org.apache.helix.model.builder.HelixConfigScopeBuilder;
import org.apache.pinot.common.utils.ZkStarter;
import org.apache.pinot.controller.ControllerConf;
import org.apache.pinot.controller.ControllerStarter;
import org.apache.pinot.controller.helix.core.PinotHelixResourceManager;
import org.apache.pinot.spi.env.PinotConfiguration;

/** ZooKeeper and a controller of Pinot's in this JVM, on loopback. */
final class PinotController implements AutoCloseable {
  static final String CLUSTER = "proof";

  private final ZkStarter.ZookeeperInstance zooKeeper;
  private final ControllerStarter starter;
  private final URI endpoint;
  private final HttpClient http =
      // Pinot's servers lose a body that comes with an upgrade to HTTP/2.
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private PinotController(
      ZkStarter.ZookeeperInstance zooKeeper, ControllerStarter starter, URI endpoint) {
    this.zooKeeper = zooKeeper;
    this.starter = starter;
    this.endpoint = endpoint;
  }

  static PinotController start(Path folder) throws Exception {
    ZkStarter.ZookeeperInstance zooKeeper = ZkStarter.startLocalZkServer(freePort());
    int port = freePort();
    Map<String, Object> properties = new HashMap<>();
    properties.put(ControllerConf.ZK_STR, zooKeeper.getZkUrl());
    properties.put(ControllerConf.HELIX_CLUSTER_NAME, CLUSTER);
    properties.put(ControllerConf.CONTROLLER_HOST, "localhost");
    properties.put(ControllerConf.CONTROLLER_PORT, port);
    properties.put(ControllerConf.DATA_DIR, folder.resolve("controller").toString());
    properties.put(ControllerConf.LOCAL_TEMP_DIR, folder.resolve("controller-temp").toString());
    properties.put(ControllerConf.CONSOLE_SWAGGER_ENABLE, false);
    ControllerStarter starter = new ControllerStarter();
    starter.init(new PinotConfiguration(properties));
    starter.start();
    PinotController controller =
        new PinotController(zooKeeper, starter, URI.create("http://localhost:" + port));
    controller.rebalanceEverySecond();
    controller.post(
        "/instances",
        "{\"host\":\"localhost\",\"port\":\"1\",\"type\":\"BROKER\",\"tags\":[\"DefaultTenant_BROKER\"]}");
    return controller;
  }

  /** Helix loses changes of live instances now and then; its timer finds them. */
  private void rebalanceEverySecond() {
    HelixConfigScope scope =
        new HelixConfigScopeBuilder(HelixConfigScope.ConfigScopeProperty.CLUSTER)
            .forCluster(CLUSTER)
            .build();
    starter
        .getHelixControllerManager()
        .getConfigAccessor()
        .set(scope, ClusterConfig.ClusterConfigProperty.REBALANCE_TIMER_PERIOD.name(), "1000");
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  URI endpoint() {
    return endpoint;
  }

  String zooKeeper() {
    return zooKeeper.getZkUrl();
  }

  PinotHelixResourceManager resources() {
    return starter.getHelixResourceManager();
  }

  /** Makes a server known before it connects, so that it has a tenant. */
  void register(String host, int port, String tag) throws IOException, InterruptedException {
    post(
        "/instances",
        "{\"host\":\"%s\",\"port\":\"%d\",\"type\":\"SERVER\",\"tags\":[\"%s\"]}"
            .formatted(host, port, tag));
  }

  String post(String path, String body) throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  String put(String path, String body) throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  String get(String path) throws IOException, InterruptedException {
    return send(request(path).GET().build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(endpoint.resolve(path));
  }

  private String send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() >= 300) {
      throw new IOException(
          "%s %s: %d %s"
              .formatted(request.method(), request.uri(), response.statusCode(), response.body()));
    }
    return response.body();
  }

  /** What the hourly validation does, now. */
  void validate(String table) throws IOException, InterruptedException {
    get(
        "/periodictask/run?taskname=RealtimeSegmentValidationManager&type=REALTIME&tableName="
            + table);
  }

  @Override
  public void close() {
    starter.stop();
    ZkStarter.stopLocalZkServer(zooKeeper);
  }
}
