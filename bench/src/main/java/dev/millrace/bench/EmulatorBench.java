package dev.millrace.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * What the emulator serves and accepts for each second of CPU time of its own process. The client
 * is this process, on a bare socket; the emulator's CPU time is the system's account of the other
 * process. Warm-up uses streams of its own: no page of the measured run was ever served before.
 */
public final class EmulatorBench {
  private static final int RECORD_BYTES = 1000;
  private static final int MEASURED_RECORDS = 1_000_000;
  private static final int WARM_UP_RECORDS = 200_000;
  private static final int BATCH = 500;
  private static final int WARM_UP_ROUNDS = 5;

  private EmulatorBench() {}

  public static void main(String[] args) throws Exception {
    Process emulator = startEmulator();
    try (BufferedReader output =
            new BufferedReader(
                new InputStreamReader(emulator.getInputStream(), StandardCharsets.US_ASCII));
        RawKinesis client = RawKinesis.connect(Integer.parseInt(output.readLine()))) {
      byte[] batch = batch("warm");
      createStream(client, "warm");
      fill(client, batch, WARM_UP_RECORDS);
      for (int round = 0; round < WARM_UP_ROUNDS; round++) {
        readAll(client, "warm");
      }

      createStream(client, "measured");
      byte[] measuredBatch = batch("measured");
      Duration before = cpu(emulator);
      fill(client, measuredBatch, MEASURED_RECORDS);
      Duration afterPut = cpu(emulator);
      long served = readAll(client, "measured");
      Duration afterServe = cpu(emulator);

      print("accepted by PutRecords", MEASURED_RECORDS, afterPut.minus(before));
      print("served by GetRecords", served, afterServe.minus(afterPut));
    } finally {
      emulator.destroy();
      emulator.waitFor();
    }
  }

  private static Process startEmulator() throws IOException {
    String java = ProcessHandle.current().info().command().orElse("java");
    return new ProcessBuilder(
            List.of(
                java,
                "-Xmx3g",
                "-cp",
                System.getProperty("java.class.path"),
                EmulatorProcess.class.getName()))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static Duration cpu(Process process) {
    return process.info().totalCpuDuration().orElseThrow();
  }

  private static void print(String what, long records, Duration cpu) {
    double seconds = cpu.toNanos() / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%s: %d records of %d B, %.0f MB/s per CPU-second of the emulator (%.2f CPU-s)%n",
        what,
        records,
        RECORD_BYTES,
        records * (double) RECORD_BYTES / 1e6 / seconds,
        seconds);
  }

  private static void createStream(RawKinesis client, String stream) throws IOException {
    client.call(
        "CreateStream",
        cbor(
            out -> {
              out.writeStringField("StreamName", stream);
              out.writeNumberField("ShardCount", 1);
            }));
  }

  private static void fill(RawKinesis client, byte[] batch, int records) throws IOException {
    for (int put = 0; put < records; put += BATCH) {
      client.call("PutRecords", batch);
    }
  }

  /** Reads a stream's shard to its tip and answers how many records it held. */
  private static long readAll(RawKinesis client, String stream) throws IOException {
    client.call(
        "GetShardIterator",
        cbor(
            out -> {
              out.writeStringField("StreamName", stream);
              out.writeStringField("ShardId", "shardId-000000000000");
              out.writeStringField("ShardIteratorType", "TRIM_HORIZON");
            }));
    String iterator = client.lastText("ShardIterator");
    long records = 0;
    long page;
    do {
      String position = iterator;
      client.call("GetRecords", cbor(out -> out.writeStringField("ShardIterator", position)));
      iterator = client.lastText("NextShardIterator");
      page = client.recordCount();
      records += page;
    } while (page > 0);
    return records;
  }

  private static byte[] batch(String stream) throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    return cbor(
        out -> {
          out.writeStringField("StreamName", stream);
          out.writeArrayFieldStart("Records");
          for (int i = 0; i < BATCH; i++) {
            byte[] data = new byte[RECORD_BYTES];
            random.nextBytes(data);
            out.writeStartObject();
            out.writeBinaryField("Data", data);
            out.writeStringField("PartitionKey", "key-" + i);
            out.writeEndObject();
          }
          out.writeEndArray();
        });
  }

  private static byte[] cbor(Fields fields) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = new CBORFactory().createGenerator(bytes)) {
      out.writeStartObject();
      fields.write(out);
      out.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private interface Fields {
    void write(JsonGenerator out) throws IOException;
  }
}
