package dev.millrace.pinot.proof;

import java.util.Map;
import org.apache.helix.HelixManager;
import org.apache.pinot.common.metrics.BrokerMetrics;
import org.apache.pinot.common.metrics.ServerMetrics;
import org.apache.pinot.common.utils.fetcher.SegmentFetcherFactory;
import org.apache.pinot.core.data.manager.realtime.SegmentBuildTimeLeaseExtender;
import org.apache.pinot.server.realtime.ControllerLeaderLocator;
import org.apache.pinot.server.realtime.ServerSegmentCompletionProtocolHandler;
import org.apache.pinot.spi.crypt.PinotCrypterFactory;
import org.apache.pinot.spi.env.PinotConfiguration;
import org.apache.pinot.spi.filesystem.PinotFSFactory;
import org.apache.pinot.spi.metrics.PinotMetricUtils;

/** What Pinot keeps once a JVM, whichever servers run in it. */
final class ServerJvm {
  private static boolean prepared;

  private ServerJvm() {}

  static synchronized void prepare() throws Exception {
    if (prepared) {
      return;
    }
    prepared = true;
    PinotConfiguration nothing = new PinotConfiguration(Map.of(), Map.of());
    ServerMetrics.register(new ServerMetrics(PinotMetricUtils.getPinotMetricsRegistry()));
    BrokerMetrics.register(new BrokerMetrics(PinotMetricUtils.getPinotMetricsRegistry()));
    PinotFSFactory.init(nothing);
    SegmentFetcherFactory.init(nothing);
    PinotCrypterFactory.init(nothing);
    ServerSegmentCompletionProtocolHandler.init(nothing);
    SegmentBuildTimeLeaseExtender.initExecutor();
  }

  static void findControllers(HelixManager helix) {
    ControllerLeaderLocator.create(helix);
  }
}
