package dev.millrace.emulator;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/** Aggregates from another hand: the aggregation library for Node, in a process of its own. */
public final class NodeAggregator {
  private NodeAggregator() {}

  /** A record to be put into an aggregate. */
  @SuppressWarnings("ArrayRecordComponent") // A hand-over to a process; never compared.
  public record Part(String partitionKey, String explicitHashKey, byte[] data) {
    /** Without an explicit hash key. */
    public static Part of(String partitionKey, byte[] data) {
      return new Part(partitionKey, "", data);
    }
  }

  /** One aggregate of all the records, in their order. Keys must not look like numbers. */
  public static byte[] aggregate(List<Part> parts) {
    Path npm = NodeModules.installed();
    try {
      Process node =
          NodeModules.start(
              new ProcessBuilder("node", npm.resolve("aggregate.mjs").toString())
                  .redirectError(ProcessBuilder.Redirect.INHERIT));
      try (OutputStream in = node.getOutputStream()) {
        for (Part part : parts) {
          in.write(line(part).getBytes(StandardCharsets.UTF_8));
        }
      }
      String output = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (node.waitFor() != 0) {
        throw new IllegalStateException("aggregate.mjs failed with " + node.exitValue());
      }
      return Base64.getDecoder().decode(output.strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("aggregate.mjs was interrupted", e);
    }
  }

  private static String line(Part part) {
    String hashKey =
        part.explicitHashKey().isEmpty() ? "" : ",\"hashKey\":\"" + part.explicitHashKey() + "\"";
    return "{\"key\":\""
        + part.partitionKey()
        + "\""
        + hashKey
        + ",\"data\":\""
        + Base64.getEncoder().encodeToString(part.data())
        + "\"}\n";
  }
}
