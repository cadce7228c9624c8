package dev.millrace.pinot.proof;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.commons.lang3.tuple.Pair;
import org.apache.helix.HelixManager;
import org.apache.helix.HelixManagerFactory;
import org.apache.helix.InstanceType;
import org.apache.helix.model.Message;
import org.apache.helix.store.zk.ZkHelixPropertyStore;
import org.apache.helix.zookeeper.datamodel.ZNRecord;
import org.apache.pinot.common.metadata.ZKMetadataProvider;
import org.apache.pinot.common.restlet.resources.SegmentErrorInfo;
import org.apache.pinot.core.data.manager.provider.DefaultTableDataManagerProvider;
import org.apache.pinot.core.data.manager.realtime.RealtimeSegmentDataManager;
import org.apache.pinot.segment.local.data.manager.SegmentDataManager;
import org.apache.pinot.segment.local.data.manager.TableDataManager;
import org.apache.pinot.segment.local.utils.SegmentLocks;
import org.apache.pinot.segment.local.utils.SegmentReloadSemaphore;
import org.apache.pinot.segment.local.utils.ServerReloadJobStatusCache;
import org.apache.pinot.spi.config.table.TableConfig;
import org.apache.pinot.spi.data.Schema;

/**
 * As much of a server as the artifacts hold: Pinot's own realtime table and segment data managers,
 * which consume, ask the controller, build, commit and load, under the states that Helix gives.
 * What a server has beyond it is the ports on which it is queried; here SQL runs in this JVM.
 */
final class PinotServer implements AutoCloseable {
  private final String instance;
  private final ServerConfig config;
  private final HelixManager helix;
  private final DefaultTableDataManagerProvider provider = new DefaultTableDataManagerProvider();
  private final Map<String, TableDataManager> tables = new ConcurrentHashMap<>();
  private final ExecutorService refreshes = Executors.newSingleThreadExecutor();
  private final Cache<Pair<String, String>, SegmentErrorInfo> errors =
      CacheBuilder.newBuilder().maximumSize(1_000).build();

  private PinotServer(String zooKeeper, String instance, Path folder) {
    this.instance = instance;
    this.config = new ServerConfig(instance, folder);
    this.helix =
        HelixManagerFactory.getZKHelixManager(
            PinotController.CLUSTER, instance, InstanceType.PARTICIPANT, zooKeeper);
  }

  /** Joins the cluster as {@code Server_HOST_PORT}, which the controller has to know already. */
  static PinotServer start(String zooKeeper, String host, int port, Path folder) throws Exception {
    ServerJvm.prepare();
    PinotServer server = new PinotServer(zooKeeper, "Server_%s_%d".formatted(host, port), folder);
    server.join();
    return server;
  }

  private void join() throws Exception {
    provider.init(
        config, helix, new SegmentLocks(), null, new ServerReloadJobStatusCache(instance));
    helix
        .getStateMachineEngine()
        .registerStateModelFactory("SegmentOnlineOfflineStateModel", new SegmentStates(this));
    helix
        .getMessagingService()
        .registerMessageHandlerFactory(
            List.of(Message.MessageType.USER_DEFINE_MSG.name()), new ForcedCommits(this));
    ServerJvm.findControllers(helix);
    helix.connect();
  }

  private ZkHelixPropertyStore<ZNRecord> store() {
    return helix.getHelixPropertyStore();
  }

  TableDataManager table(String tableWithType) {
    return tables.computeIfAbsent(tableWithType, this::open);
  }

  private TableDataManager open(String tableWithType) {
    TableConfig table =
        Objects.requireNonNull(ZKMetadataProvider.getTableConfig(store(), tableWithType));
    Schema schema =
        Objects.requireNonNull(ZKMetadataProvider.getTableSchema(store(), tableWithType));
    TableDataManager opened =
        provider.getTableDataManager(
            table,
            schema,
            new SegmentReloadSemaphore(1),
            refreshes,
            null,
            errors,
            () -> true,
            false,
            new ServerReloadJobStatusCache(instance));
    opened.start();
    return opened;
  }

  /** Commits what the segments named have consumed so far. */
  void forceCommit(String tableWithType, Iterable<String> segments) {
    TableDataManager table = table(tableWithType);
    for (String segment : segments) {
      SegmentDataManager held = table.acquireSegment(segment);
      if (held == null) {
        continue;
      }
      try {
        if (held instanceof RealtimeSegmentDataManager consuming) {
          consuming.forceCommit();
        }
      } finally {
        table.releaseSegment(held);
      }
    }
  }

  /** The rows of a query over every segment that this server holds, consuming and committed. */
  List<List<Object>> query(String tableWithType, String sql) throws Exception {
    List<Runnable> releases = new ArrayList<>();
    try {
      return SegmentQuery.rows(
          sql,
          acquire(tableWithType, releases).stream().map(SegmentDataManager::getSegment).toList());
    } finally {
      releases.forEach(Runnable::run);
    }
  }

  /** The segments that this server holds; each has to be released. */
  List<SegmentDataManager> acquire(String tableWithType, List<Runnable> releases) {
    TableDataManager table = tables.get(tableWithType);
    if (table == null) {
      return List.of();
    }
    List<SegmentDataManager> held = table.acquireAllSegments();
    held.forEach(segment -> releases.add(() -> table.releaseSegment(segment)));
    return held;
  }

  @Override
  public void close() {
    helix.disconnect();
    tables.values().forEach(TableDataManager::shutDown);
    refreshes.shutdownNow();
  }
}
