package dev.millrace.bench;

import dev.millrace.bench.EngineContender.Answer;
import dev.millrace.connector.server.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Trino, Presto, the embedded home and a plain SDK loop over one stream of 1 M records of 1 KB:
 * seconds, and CPU-seconds of the answering process, with the servers and the loop warm. Contenders
 * take turns query by query. Shares are of the loop's records per CPU-second. Arguments: rounds
 * that warm up, rounds that are measured, which contenders besides the loop, and how many shards.
 */
public final class EnginesBench {
  /** Of both servers and of the loop: on two cores the collector that costs least. */
  static final List<String> JVM = List.of("-Xms2g", "-Xmx2g", "-Xmn1g", "-XX:+UseParallelGC");

  private static final int SHARDS = 4;
  private static final int RECORDS = 1_000_000;
  private static final long QUIET_MILLIS = 2_000;

  private final Map<String, Map<EngineQuery, List<Answer>>> answers = new LinkedHashMap<>();
  private final List<EngineContender> contenders = new ArrayList<>();
  private final SourceProcess source;
  private final Instant newest;

  private EnginesBench(SourceProcess source, Instant newest) {
    this.source = source;
    this.newest = newest;
  }

  public static void main(String[] arguments) throws Exception {
    int warmUp = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
    Set<String> names =
        arguments.length > 2
            ? Set.of(arguments[2].split(",", -1))
            : Set.of("trino", "presto", "command");
    int shards = arguments.length > 3 ? Integer.parseInt(arguments[3]) : SHARDS;
    Path work = Files.createTempDirectory("millrace-engines");
    Path definitions = Files.createDirectory(work.resolve("definitions"));
    Files.writeString(definitions.resolve("orders.json"), EngineQuery.DEFINITION);
    try (SourceProcess source = SourceProcess.start(shards, RECORDS / shards)) {
      EnginesBench bench = new EnginesBench(source, source.newest());
      try {
        bench.contenders.add(new LoopContender(source.endpoint()));
        for (Engine engine : Engine.values()) {
          if (names.contains(engine.scheme())) {
            bench.contenders.add(
                new ServerContender(
                    engine, source.endpoint(), definitions, work.resolve(engine.scheme())));
          }
        }
        if (names.contains("command")) {
          bench.contenders.add(new CommandContender(source.endpoint(), definitions, work));
        }
        bench.run(warmUp, rounds);
        bench.print();
        bench.printCallsOfLimit();
      } finally {
        bench.close();
      }
    }
  }

  private void close() throws IOException {
    for (EngineContender contender : contenders) {
      contender.close();
    }
  }

  private void run(int warmUp, int rounds) throws Exception {
    for (int round = 0; round < warmUp + rounds; round++) {
      for (EngineQuery query : EngineQuery.values()) {
        for (EngineContender contender : contenders) {
          if (isAsked(contender, query, round < warmUp)) {
            Answer answer = contender.ask(query, query.sql(newest));
            System.out.printf(
                "%d %s, %s: %.2f s, %.2f CPU-s: %s%n",
                round,
                contender.title(),
                query.title(),
                answer.seconds(),
                answer.cpuSeconds(),
                query == EngineQuery.LIMIT ? answer.rows().size() + " rows" : answer.rows());
            if (round >= warmUp) {
              answers
                  .computeIfAbsent(contender.title(), title -> new EnumMap<>(EngineQuery.class))
                  .computeIfAbsent(query, key -> new ArrayList<>())
                  .add(answer);
            }
          }
        }
      }
    }
  }

  /** The loop knows one thing only, and a process for each query has nothing to warm up. */
  private static boolean isAsked(EngineContender contender, EngineQuery query, boolean warmsUp) {
    if (contender instanceof LoopContender) {
      return query.readsAll();
    }
    return !(warmsUp && contender instanceof CommandContender);
  }

  private void print() {
    double loop = loopCpuSeconds();
    System.out.printf(
        "%n| medians | seconds | CPU-seconds | records per CPU-second | share of the loop |%n");
    System.out.println("|---|---|---|---|---|");
    answers.forEach(
        (title, byQuery) ->
            byQuery.forEach(
                (query, measured) -> {
                  double cpu = Median.of(measured.stream().map(Answer::cpuSeconds).toList());
                  double seconds = Median.of(measured.stream().map(Answer::seconds).toList());
                  System.out.printf(
                      "| %s, %s | %.2f | %.2f | %s | %s |%n",
                      title,
                      query.title(),
                      seconds,
                      cpu,
                      query.readsAll() ? "%,.0f".formatted(RECORDS / cpu) : "",
                      query.readsAll() ? "%.2f".formatted(loop / cpu) : "");
                }));
  }

  /** Of all its passes: it does the same whatever is asked. */
  private double loopCpuSeconds() {
    return Median.of(
        answers.getOrDefault(contenders.get(0).title(), Map.of()).values().stream()
            .flatMap(List::stream)
            .map(Answer::cpuSeconds)
            .toList());
  }

  /** Every shard's first call brings records: more than one call is a page too many. */
  private void printCallsOfLimit() throws Exception {
    for (EngineContender contender : contenders) {
      if (contender instanceof LoopContender) {
        continue;
      }
      source.watch();
      contender.ask(EngineQuery.LIMIT, EngineQuery.LIMIT.sql(newest));
      Map<String, Integer> answered = source.calls();
      Thread.sleep(QUIET_MILLIS);
      Map<String, Integer> later = source.calls();
      System.out.printf(
          "%s, LIMIT 10: GetRecords calls %s when it answered, %s two seconds later%n",
          contender.title(), answered, later);
    }
  }
}
