package dev.millrace.pinot.consume;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The server's host in a consumer's name: a consumer serves one server only. */
public final class ThisHost {
  private static final String PLACE = "{host}";
  private static final int LONGEST_NAME = 128;

  private ThisHost() {}

  /** The name of this server's consumer, as the service takes names. */
  public static String fillIn(String pattern) {
    String name = pattern.contains(PLACE) ? pattern.replace(PLACE, name()) : pattern;
    return name.substring(0, Math.min(LONGEST_NAME, name.length()));
  }

  private static String name() {
    try {
      return InetAddress.getLocalHost().getHostName().replaceAll("[^a-zA-Z0-9_.-]", "-");
    } catch (UnknownHostException e) {
      return "localhost"; // A machine without a name has no better one.
    }
  }
}
