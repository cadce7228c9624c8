package dev.millrace.emulator;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A producer from another hand: the AWS SDK for JavaScript, in a process of its own. */
public final class NodeProducer {
  private final URI endpoint;

  public NodeProducer(URI endpoint) {
    this.endpoint = endpoint;
  }

  /** A record to be put. */
  @SuppressWarnings("ArrayRecordComponent") // A hand-over to a process; never compared.
  public record KeyedData(String partitionKey, byte[] data) {
    public static KeyedData of(String partitionKey, String text) {
      return new KeyedData(partitionKey, text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Where a record went. */
  public record Put(String shardId, String sequenceNumber) {}

  /** Puts records into a stream that exists; answers where each went, in their order. */
  public List<Put> put(String stream, List<KeyedData> records) {
    return run(stream, records, List.of());
  }

  /** Creates the stream, then puts. */
  public List<Put> createAndPut(String stream, int shards, List<KeyedData> records) {
    return run(stream, records, List.of(String.valueOf(shards)));
  }

  private List<Put> run(String stream, List<KeyedData> records, List<String> shards) {
    Path npm = NodeModules.installed();
    try {
      Path file = write(records);
      List<String> command = new ArrayList<>();
      command.add("node");
      command.add(npm.resolve("put-records.mjs").toString());
      command.add(endpoint.toString());
      command.add(stream);
      command.add(file.toString());
      command.addAll(shards);
      Path complaints = Files.createTempFile("put-records", ".err");
      Process node =
          NodeModules.start(new ProcessBuilder(command).redirectError(complaints.toFile()));
      String output = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (node.waitFor() != 0) {
        throw new IllegalStateException("put-records.mjs failed: " + Files.readString(complaints));
      }
      Files.delete(file);
      Files.delete(complaints);
      return output.lines().map(NodeProducer::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("put-records.mjs was interrupted", e);
    }
  }

  private static Path write(List<KeyedData> records) throws IOException {
    Path file = Files.createTempFile("records", ".jsonl");
    JsonFactory lines = new JsonFactoryBuilder().rootValueSeparator("\n").build();
    try (JsonGenerator out = lines.createGenerator(Files.newOutputStream(file))) {
      for (KeyedData record : records) {
        out.writeStartObject();
        out.writeStringField("key", record.partitionKey());
        out.writeBinaryField("data", record.data());
        out.writeEndObject();
      }
    }
    return file;
  }

  private static Put parse(String line) {
    int space = line.indexOf(' ');
    return new Put(line.substring(0, space), line.substring(space + 1));
  }
}
