package dev.millrace.connector.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A real server of an engine, one node, in a process of its own, with the bundle installed as its
 * user would: unpacked over the server's folder, and the catalog file edited. The user of this
 * class has the engine's JDBC driver on the class path.
 */
public final class EngineServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** How a server is set up. */
  public static final class Setup {
    private final Engine engine;
    private final Path checkout;
    private final Map<String, String> catalog = new LinkedHashMap<>();
    private final Map<String, String> definitions = new LinkedHashMap<>();
    private final List<String> configuration = new ArrayList<>();
    private final List<String> flags = new ArrayList<>(List.of("-Xmx1g"));

    private Setup(Engine engine, Path checkout) {
      this.engine = engine;
      this.checkout = checkout;
      catalog.put("connector.name", "kinesis");
    }

    /** A property of the catalog {@code kinesis}. */
    public Setup with(String property, String value) {
      catalog.put(property, value);
      return this;
    }

    /** A file in {@code etc/kinesis}, where definitions are by default; the samples stay. */
    public Setup withDefinition(String file, String json) {
      definitions.put(file, json);
      return this;
    }

    /** A line of the server's own configuration. */
    public Setup configured(String line) {
      configuration.add(line);
      return this;
    }

    /** JVM flags in place of those for tests. */
    public Setup onJvm(String... newFlags) {
      flags.clear();
      flags.addAll(List.of(newFlags));
      return this;
    }

    /** Installs the bundle in a new folder, starts the server, and waits until it answers. */
    public EngineServer start(Path folder) throws IOException {
      return new EngineServer(this, folder);
    }

    private Path bundle() {
      return Bundle.find(
          checkout.resolve(engine.scheme() + "/target"),
          engine == Engine.TRINO ? ".zip" : ".tar.gz");
    }

    private String classPath() throws IOException {
      Path file = checkout.resolve(engine.scheme() + "/server/target/classpath");
      return Files.readString(file).strip() + System.getProperty("path.separator") + ownClasses();
    }

    private static Path ownClasses() {
      try {
        return Path.of(
            EngineServer.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      } catch (URISyntaxException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static final Pattern NO_NODE =
      Pattern.compile("sortedCandidates is null or empty|No nodes available");

  private final Engine engine;
  private final int port;
  private final Path log;
  private final Path home;
  private final Process process;

  private EngineServer(Setup setup, Path folder) throws IOException {
    engine = setup.engine;
    port = freePort();
    home = Bundle.unpack(setup.bundle(), folder);
    log = home.resolve("server.log");
    configure(setup);
    process = launch(setup);
    try {
      awaitAnswer();
    } catch (RuntimeException | IOException e) {
      close();
      throw e;
    }
  }

  /**
   * A setup of a server with the bundle of a build.
   *
   * @param checkout the root of the repository, packaged
   */
  public static Setup of(Engine engine, Path checkout) {
    return new Setup(engine, checkout);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void configure(Setup setup) throws IOException {
    Path etc = Files.createDirectories(home.resolve("etc"));
    List<String> lines =
        new ArrayList<>(
            List.of(
                "coordinator=true",
                "node-scheduler.include-coordinator=true",
                "http-server.http.port=" + port,
                "discovery.uri=http://127.0.0.1:" + port,
                "plugin.dir=" + home.resolve("plugin"),
                "catalog.config-dir=" + etc.resolve("catalog")));
    lines.addAll(engine.configuration());
    lines.addAll(setup.configuration);
    Files.write(etc.resolve("config.properties"), lines);
    Files.createDirectories(etc.resolve("catalog"));
    Files.write(
        etc.resolve("catalog/kinesis.properties"),
        setup.catalog.entrySet().stream()
            .map(property -> property.getKey() + "=" + property.getValue())
            .toList());
    for (Map.Entry<String, String> definition : setup.definitions.entrySet()) {
      Files.writeString(etc.resolve("kinesis").resolve(definition.getKey()), definition.getValue());
    }
  }

  private Process launch(Setup setup) throws IOException {
    Path arguments = home.resolve("java-arguments");
    // In a file: a command line is too short for so many jars.
    Files.writeString(arguments, "-cp \"" + setup.classPath() + "\"");
    List<String> command = new ArrayList<>();
    command.add(JavaHomes.java(engine.javaVersion()).toString());
    command.addAll(engine.flags());
    command.addAll(setup.flags);
    command.addAll(
        List.of(
            "-Dconfig=" + home.resolve("etc/config.properties"),
            "-Dnode.environment=test",
            "-Dnode.id=one",
            "-Dnode.data-dir=" + Files.createDirectories(home.resolve("data")),
            "-Dnode.internal-address=127.0.0.1",
            "-Dnode.bind-ip=127.0.0.1",
            "-Duser.timezone=UTC",
            "@" + arguments,
            engine.mainClass()));
    if (engine == Engine.TRINO) {
      command.add("483");
    }
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    // No configuration of the machine's own user takes part.
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
    return builder.start();
  }

  private void awaitAnswer() throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String last = "";
    while (System.nanoTime() < deadline) {
      try {
        if (process.waitFor(300, TimeUnit.MILLISECONDS)) {
          throw new IOException(engine + " ended with " + process.exitValue() + ":\n" + log());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("Waiting for " + engine + " was interrupted", e);
      }
      try (Connection connection = connect();
          Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery("SELECT count(*) FROM kinesis.information_schema.schemata")) {
        if (rows.next() && takesSplits(statement)) {
          return;
        }
      } catch (SQLException e) {
        last = String.valueOf(e.getMessage());
      }
    }
    throw new IOException(
        "%s did not answer within %s, but: %s%n%s".formatted(engine, PATIENCE, last, log()));
  }

  /**
   * Whether a node is known to read the catalog's tables. Presto knows of one only some seconds
   * after it answers of tables that are its own.
   */
  private boolean takesSplits(Statement statement) throws SQLException {
    if (engine == Engine.TRINO) {
      return true;
    }
    String tables =
        "SELECT table_schema, table_name FROM kinesis.information_schema.tables"
            + " WHERE table_schema NOT IN ('information_schema', 'system') LIMIT 1";
    String table;
    try (ResultSet rows = statement.executeQuery(tables)) {
      if (!rows.next()) {
        return true;
      }
      table = "kinesis.\"%s\".\"%s\"".formatted(rows.getString(1), rows.getString(2));
    }
    try (ResultSet rows = statement.executeQuery("SELECT 1 FROM " + table + " LIMIT 1")) {
      rows.next();
      return true;
    } catch (SQLException e) {
      // A stream that is not there is another matter.
      return !NO_NODE.matcher(String.valueOf(e.getMessage())).find();
    }
  }

  /** A new connection of the user {@code test}, in UTC. */
  public Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "test");
    return DriverManager.getConnection(jdbcUrl(), properties);
  }

  /** With {@code kinesis} as the catalog. */
  public String jdbcUrl() {
    return "jdbc:%s://127.0.0.1:%d/kinesis".formatted(engine.scheme(), port);
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Where the bundle was unpacked, which is the server's working directory. */
  public Path home() {
    return home;
  }

  public ProcessHandle process() {
    return process.toHandle();
  }

  /** CPU time so far. */
  public Duration cpu() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  /** All that the server has logged, without colours. */
  public String log() {
    try {
      return Files.exists(log) ? Files.readString(log).replaceAll("\u001b\\[[0-9;]*m", "") : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines of the log that hold a word. */
  public String logLines(String word) {
    return log().lines().filter(line -> line.contains(word)).collect(Collectors.joining("\n"));
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        process.waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
