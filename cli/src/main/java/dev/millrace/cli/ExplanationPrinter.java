package dev.millrace.cli;

import dev.millrace.cli.output.ControlCharacters;
import dev.millrace.cli.output.JsonWriter;
import dev.millrace.cli.output.Screen;
import dev.millrace.local.fill.Missing;
import dev.millrace.local.query.Explanation;
import dev.millrace.local.query.Explanation.ShardPart;
import dev.millrace.local.query.Explanation.StreamPart;
import dev.millrace.local.query.StartReason;
import dev.millrace.read.Estimate;
import dev.millrace.table.TableDefinition;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Prints what a statement would read: lines for a person, or one object. */
final class ExplanationPrinter {
  private final Explanation explanation;
  private final StringBuilder text = new StringBuilder();

  ExplanationPrinter(Explanation explanation) {
    this.explanation = explanation;
  }

  void printText(OutputStream out) throws IOException {
    if (explanation.streams().isEmpty()) {
      text.append("The statement reads no records.\n");
    }
    for (StreamPart stream : explanation.streams()) {
      if (text.length() > 0) {
        text.append('\n');
      }
      lines(stream);
    }
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private void lines(StreamPart stream) {
    Estimate estimate = stream.estimate();
    line("stream", stream.identity().arn());
    for (TableDefinition table : stream.tables()) {
      line("table", table.name() + ", defined in " + table.source());
    }
    long open = stream.openShards();
    line("shards", open + " open, " + (stream.shards().size() - open) + " closed");
    line(
        "window",
        millis(stream.from())
            + " to "
            + millis(stream.until())
            + ", "
            + time(Duration.between(stream.from(), stream.until())));
    line("start", reason(stream));
    line("stored", stored(stream));
    line("missing", missing(stream));
    line("to read", bytes(estimate));
    if (estimate.shards() > 0) {
      line("calls", least(estimate, "%,d".formatted(estimate.calls())));
      String time = least(estimate, ProgressLine.time(estimate.time()));
      line("time", time + ", bound by " + estimate.limit());
    }
  }

  /** Where only the most is known, the figures are what that would take. */
  private static String least(Estimate estimate, String figure) {
    return estimate.bytes().isPresent() ? "at least " + figure : figure + " for as much as that";
  }

  private void line(String name, String value) {
    text.append("%-8s  ".formatted(name)).append(ControlCharacters.escape(value)).append('\n');
  }

  private static String reason(StreamPart stream) {
    return switch (stream.start()) {
      case DEFAULT -> "24 hours back, the default; --since or a condition on _timestamp changes it";
      case UPPER_BOUND ->
          "all there is, because the query ends before the usual start; --since or a lower bound on"
              + " _timestamp changes it";
      case DEFINITION ->
          "what "
              + stream.startsFirst().source()
              + " says; --since or a condition on _timestamp changes it";
      case STATEMENT -> "the statement's condition on _timestamp";
      case REQUEST -> "--since";
      case TRIM_HORIZON -> "--since trim-horizon: all that retention holds";
    };
  }

  private static String stored(StreamPart stream) {
    return stream.storedRecords() == 0
        ? "nothing"
        : ProgressLine.size(stream.storedBytes())
            + " in %,d records of these shards".formatted(stream.storedRecords());
  }

  private static String missing(StreamPart stream) {
    List<ShardPart> incomplete = stream.incomplete();
    if (incomplete.isEmpty()) {
      return "nothing";
    }
    List<Missing.Span> spans =
        incomplete.stream().flatMap(shard -> shard.missing().spans().stream()).toList();
    Instant from =
        spans.stream().map(Missing.Span::from).min(Comparator.naturalOrder()).orElseThrow();
    Instant until =
        spans.stream().map(Missing.Span::until).max(Comparator.naturalOrder()).orElseThrow();
    return "in "
        + incomplete.size()
        + " of "
        + stream.shards().size()
        + (stream.shards().size() == 1 ? " shard" : " shards")
        + ", "
        + time(stream.missing())
        + " all together, between "
        + millis(from)
        + " and "
        + millis(until);
  }

  private static String bytes(Estimate estimate) {
    OptionalLong known = estimate.bytes();
    if (known.isPresent()) {
      return "about " + ProgressLine.size(known.getAsLong());
    }
    return "at most "
        + ProgressLine.size(estimate.mostBytes())
        + ": too little is stored to tell, and a shard takes in no more than that";
  }

  private static Instant millis(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS);
  }

  private static String time(Duration time) {
    return time.isZero() ? "0 s" : ProgressLine.time(time);
  }

  void printJson(OutputStream out, Screen screen) throws IOException {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("instant", explanation.instant());
    object.put("streams", explanation.streams().stream().map(ExplanationPrinter::object).toList());
    object.put("notices", explanation.notices());
    JsonWriter json = new JsonWriter(out, screen);
    json.write(object);
    json.flush();
  }

  private static Map<String, @Nullable Object> object(StreamPart stream) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("stream", stream.stream().name());
    object.put("arn", stream.identity().arn());
    object.put(
        "tables",
        stream.tables().stream()
            .map(table -> object("name", table.name().toString(), "source", table.source()))
            .toList());
    object.put("openShards", stream.openShards());
    object.put("closedShards", stream.shards().size() - stream.openShards());
    object.put("from", stream.from());
    object.put("until", stream.until());
    object.put("start", word(stream.start()));
    object.put("storedRecords", stream.storedRecords());
    object.put("storedBytes", stream.storedBytes());
    object.put("shards", stream.shards().stream().map(ExplanationPrinter::object).toList());
    object.put("estimate", object(stream.estimate()));
    return object;
  }

  private static Map<String, @Nullable Object> object(ShardPart shard) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("shard", shard.shard().value());
    object.put("open", shard.isOpen());
    object.put("storedRecords", shard.storedRecords());
    object.put("storedBytes", shard.storedBytes());
    object.put(
        "missing",
        shard.missing().spans().stream()
            .map(span -> object("from", span.from(), "until", span.until()))
            .toList());
    object.put("bytes", number(shard.work().bytes()));
    return object;
  }

  private static Map<String, @Nullable Object> object(Estimate estimate) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("shards", estimate.shards());
    object.put("bytes", number(estimate.bytes()));
    object.put("mostBytes", estimate.mostBytes());
    object.put("leastCalls", estimate.calls());
    object.put("leastSeconds", estimate.time().toMillis() / 1000.0);
    object.put("limit", estimate.limit().toString());
    return object;
  }

  private static Map<String, @Nullable Object> object(
      String first, Object firstValue, String second, Object secondValue) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put(first, firstValue);
    object.put(second, secondValue);
    return object;
  }

  private static @Nullable Long number(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }

  private static String word(StartReason start) {
    return start.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
