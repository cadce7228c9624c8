package dev.millrace.connector.server;

import java.util.List;

/** An engine whose server can be started, and what its server asks for. */
public enum Engine {
  TRINO(
      "trino",
      25,
      // What Trino's own launcher gives its server.
      List.of(
          "--add-modules=jdk.incubator.vector",
          "--sun-misc-unsafe-memory-access=allow",
          "--enable-native-access=ALL-UNNAMED"),
      // The class with a main method is in a module that is not published.
      TrinoLauncher.class.getName(),
      List.of("catalog.management=static")),

  PRESTO(
      "presto",
      17,
      List.of("-Djdk.attach.allowAttachSelf=true"),
      "com.facebook.presto.server.PrestoServer",
      List.of("discovery-server.enabled=true"));

  private final String scheme;
  private final int javaVersion;
  private final List<String> flags;
  private final String mainClass;
  private final List<String> configuration;

  Engine(
      String scheme,
      int javaVersion,
      List<String> flags,
      String mainClass,
      List<String> configuration) {
    this.scheme = scheme;
    this.javaVersion = javaVersion;
    this.flags = flags;
    this.mainClass = mainClass;
    this.configuration = configuration;
  }

  /** As in {@code jdbc:trino:}. */
  public String scheme() {
    return scheme;
  }

  /** The Java its server runs on. */
  public int javaVersion() {
    return javaVersion;
  }

  List<String> flags() {
    return flags;
  }

  String mainClass() {
    return mainClass;
  }

  /** Lines of {@code config.properties} that only this engine has. */
  List<String> configuration() {
    return configuration;
  }
}
