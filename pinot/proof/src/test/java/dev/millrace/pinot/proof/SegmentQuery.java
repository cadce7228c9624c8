package dev.millrace.pinot.proof;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.pinot.common.datatable.DataTable;
import org.apache.pinot.common.datatable.DataTableFactory;
import org.apache.pinot.common.metrics.BrokerMetrics;
import org.apache.pinot.common.request.BrokerRequest;
import org.apache.pinot.common.request.PinotQuery;
import org.apache.pinot.common.response.broker.BrokerResponseNative;
import org.apache.pinot.core.plan.Plan;
import org.apache.pinot.core.plan.maker.InstancePlanMakerImplV2;
import org.apache.pinot.core.query.reduce.BrokerReduceService;
import org.apache.pinot.core.query.request.context.QueryContext;
import org.apache.pinot.core.query.request.context.utils.QueryContextConverterUtils;
import org.apache.pinot.core.transport.ServerRoutingInstance;
import org.apache.pinot.segment.spi.IndexSegment;
import org.apache.pinot.segment.spi.SegmentContext;
import org.apache.pinot.spi.config.table.TableType;
import org.apache.pinot.spi.env.PinotConfiguration;
import org.apache.pinot.spi.query.QueryThreadContext;
import org.apache.pinot.sql.parsers.CalciteSqlCompiler;
import org.apache.pinot.sql.parsers.CalciteSqlParser;

/** SQL over segments: a server's half of a query, its bytes, and a broker's half. */
final class SegmentQuery {
  private static final long TIMEOUT_MILLIS = 10_000;
  private static final ExecutorService THREADS =
      QueryThreadContext.contextAwareExecutorService(
          Executors.newFixedThreadPool(
              2,
              task -> {
                Thread thread = new Thread(task, "segment-query");
                thread.setDaemon(true);
                return thread;
              }));

  private SegmentQuery() {}

  static List<List<Object>> rows(String sql, List<IndexSegment> segments) throws Exception {
    if (segments.isEmpty()) {
      return List.of();
    }
    ServerJvm.prepare();
    PinotQuery query = CalciteSqlParser.compileToPinotQuery(sql);
    byte[] answer = served(query, segments);
    BrokerRequest request = CalciteSqlCompiler.convertToBrokerRequest(query);
    BrokerReduceService reduce = new BrokerReduceService(new PinotConfiguration());
    try (QueryThreadContext ignored = QueryThreadContext.openForSseTest()) {
      Map<ServerRoutingInstance, DataTable> answers =
          Map.of(
              new ServerRoutingInstance("localhost", 1, TableType.REALTIME),
              DataTableFactory.getDataTable(answer));
      BrokerResponseNative response =
          reduce.reduceOnDataTable(request, request, answers, TIMEOUT_MILLIS, BrokerMetrics.get());
      if (!response.getExceptions().isEmpty()) {
        throw new IllegalStateException(sql + ": " + response.getExceptions());
      }
      return Objects.requireNonNull(response.getResultTable()).getRows().stream()
          .map(List::of)
          .toList();
    } finally {
      reduce.shutDown();
    }
  }

  private static byte[] served(PinotQuery query, List<IndexSegment> segments) throws Exception {
    QueryContext context = QueryContextConverterUtils.getQueryContext(query);
    context.setEndTimeMs(System.currentTimeMillis() + TIMEOUT_MILLIS);
    try (QueryThreadContext ignored = QueryThreadContext.openForSseTest()) {
      List<SegmentContext> contexts = segments.stream().map(SegmentContext::new).toList();
      Plan plan = new InstancePlanMakerImplV2().makeInstancePlan(contexts, context, THREADS);
      return plan.execute().toDataTable().toBytes();
    }
  }
}
