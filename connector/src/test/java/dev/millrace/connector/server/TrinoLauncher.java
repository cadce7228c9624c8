package dev.millrace.connector.server;

/** Starts Trino's server, whose classes are of a newer Java than this one's. */
public final class TrinoLauncher {
  private TrinoLauncher() {}

  /**
   * Returns once the server has started, or ends the process.
   *
   * @param arguments Trino's version
   */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    Class<?> server = Class.forName("io.trino.server.Server");
    server
        .getMethod("start", String.class)
        .invoke(server.getDeclaredConstructor().newInstance(), arguments[0]);
  }
}
