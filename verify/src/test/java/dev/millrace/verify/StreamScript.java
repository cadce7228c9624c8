package dev.millrace.verify;

import dev.millrace.emulator.NodeAggregator;
import dev.millrace.emulator.NodeAggregator.Part;
import dev.millrace.emulator.Streams;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Makes what {@code records.txt} says, in the words it explains at its top. */
final class StreamScript {
  private final Streams streams;
  private String stream = "";

  private StreamScript(Streams streams) {
    this.streams = streams;
  }

  static void play(Path file, Streams streams) {
    StreamScript script = new StreamScript(streams);
    List<String> lines =
        Repository.read(file)
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .toList();
    for (int i = 0; i < lines.size(); i++) {
      List<String> parts = new ArrayList<>();
      while (i + 1 < lines.size() && lines.get(i + 1).startsWith("+ ")) {
        parts.add(lines.get(++i));
      }
      script.play(lines.get(i - parts.size()), parts);
    }
  }

  private void play(String line, List<String> parts) {
    String[] words = line.split(" ", 4);
    switch (words[0]) {
      case "stream" -> {
        stream = words[1];
        streams.createStream(stream, Integer.parseInt(words[2]));
        // Longer than the default start is ago, which a slow start must not fall behind of.
        streams.setRetention(stream, Duration.ofDays(2));
      }
      case "retention" ->
          streams.setRetention(stream, Duration.ofHours(Integer.parseInt(words[1])));
      case "split" -> streams.split(stream, words[1]);
      case "merge" -> streams.merge(stream, words[1], words[2]);
      case "put" -> put(words, words[3].getBytes(StandardCharsets.UTF_8));
      case "gzip" -> put(words, gzip(words[3].getBytes(StandardCharsets.UTF_8)));
      case "base64" -> put(words, Base64.getDecoder().decode(words[3]));
      case "aggregate" -> put(words, aggregate(parts));
      default -> throw new IllegalArgumentException("What is this? " + line);
    }
  }

  private void put(String[] words, byte[] data) {
    streams.put(stream, words[2], data, Instant.parse(words[1]));
  }

  private static byte[] gzip(byte[] data) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  private static byte[] aggregate(List<String> parts) {
    return NodeAggregator.aggregate(
        parts.stream()
            .map(part -> part.split(" ", 3))
            .map(words -> Part.of(words[1], words[2].getBytes(StandardCharsets.UTF_8)))
            .toList());
  }
}
