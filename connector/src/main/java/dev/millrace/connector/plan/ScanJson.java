package dev.millrace.connector.plan;

import dev.millrace.connector.option.SessionOptions;
import dev.millrace.stream.HashKeyRange;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.ShardFacts;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.ShardScan;
import dev.millrace.stream.StreamIdentity;
import dev.millrace.stream.StreamRef;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Scans and splits as text. What is as usual is left out: a split has to be small. */
final class ScanJson {
  private ScanJson() {}

  static String write(TableScan scan) {
    Texts texts = new Texts();
    texts.put("table", scan.table().encode());
    write(texts, "arrival", scan.conditions().arrival());
    scan.conditions()
        .shards()
        .ifPresent(
            shards ->
                texts.putAll("shards", shards.stream().map(ShardId::value).sorted().toList()));
    texts.put("fromSequence", scan.conditions().sequences().from());
    texts.put("untilSequence", scan.conditions().sequences().until());
    scan.conditions()
        .partitionKeys()
        .ifPresent(keys -> texts.putAll("partitionKeys", keys.stream().sorted().toList()));
    write(texts, scan.order());
    texts.put("asOf", scan.asOf());
    return texts.write();
  }

  static TableScan readTable(String text) {
    return reading(text, ScanJson::table);
  }

  private static TableScan table(Texts texts) {
    Optional<Set<ShardId>> shards =
        texts.list("shards").map(ids -> set(ids.stream().map(ShardId::new).toList()));
    return new TableScan(
        ShippedTable.decode(texts.text("table")),
        new Conditions(
            times(texts, "arrival"),
            shards,
            new SequenceRange(
                texts.find("fromSequence").map(SequenceNumber::new),
                texts.find("untilSequence").map(SequenceNumber::new)),
            texts.list("partitionKeys").map(ScanJson::set)),
        order(texts),
        texts.find("asOf").map(Instant::parse));
  }

  private static <T> Set<T> set(List<T> values) {
    return new LinkedHashSet<>(values);
  }

  static String write(SplitScan split) {
    Texts texts = new Texts();
    texts.put("table", split.table().encode());
    write(texts, split.scan());
    write(texts, "exact", split.exact());
    write(texts, split.order());
    texts.put("weight", split.weightBytes());
    texts.putAll("session", pairs(split.session().encode()));
    split.mark().ifPresent(mark -> write(texts, mark));
    return texts.write();
  }

  private static void write(Texts texts, ShardScan scan) {
    texts.put("stream", scan.stream().name());
    texts.put("arn", scan.stream().arn());
    texts.put("shard", scan.shard());
    texts.put("from", PlaceText.of(scan.from()));
    texts.put("to", PlaceText.of(scan.to()));
    ShardFacts facts = scan.facts();
    facts
        .hashKeys()
        .ifPresent(
            range ->
                texts.putAll(
                    "hashKeys", List.of(range.first().toString(), range.last().toString())));
    texts.put("retention", facts.retention());
    texts.put("readTo", facts.readTo());
    if (facts.startThere()) {
      texts.put("startThere", "");
    }
  }

  private static void write(Texts texts, Mark mark) {
    texts.putAll(
        "mark", List.of(mark.reader(), mark.stream().arn(), mark.stream().created().toString()));
  }

  static SplitScan readSplit(String text) {
    return reading(text, ScanJson::split);
  }

  private static SplitScan split(Texts texts) {
    return new SplitScan(
        ShippedTable.decode(texts.text("table")),
        new ShardScan(
            new StreamRef(texts.text("stream"), texts.find("arn")),
            new ShardId(texts.text("shard")),
            PlaceText.position(texts.text("from")),
            PlaceText.bound(texts.text("to")),
            facts(texts)),
        times(texts, "exact"),
        order(texts),
        Long.parseLong(texts.text("weight")),
        SessionOptions.decode(map(texts.list("session").orElse(List.of()))),
        texts.list("mark").map(ScanJson::mark));
  }

  private static ShardFacts facts(Texts texts) {
    return new ShardFacts(
        texts
            .list("hashKeys")
            .map(
                ends -> new HashKeyRange(new BigInteger(ends.get(0)), new BigInteger(ends.get(1)))),
        texts.find("retention").map(Duration::parse),
        texts.find("readTo").map(Instant::parse),
        texts.has("startThere"));
  }

  private static Mark mark(List<String> parts) {
    return new Mark(parts.get(0), new StreamIdentity(parts.get(1), Instant.parse(parts.get(2))));
  }

  /** An end that is not there is the empty text. */
  private static void write(Texts texts, String name, TimeRange range) {
    if (!range.equals(TimeRange.ALL)) {
      texts.putAll(
          name,
          List.of(
              range.from().map(Instant::toString).orElse(""),
              range.until().map(Instant::toString).orElse("")));
    }
  }

  private static TimeRange times(Texts texts, String name) {
    return texts
        .list(name)
        .map(ends -> new TimeRange(time(ends.get(0)), time(ends.get(1))))
        .orElse(TimeRange.ALL);
  }

  private static Optional<Instant> time(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
  }

  private static void write(Texts texts, ScanOrder order) {
    if (order instanceof ScanOrder.Limit limit) {
      texts.put("limit", limit.rows());
    } else if (order instanceof ScanOrder.Newest newest) {
      texts.put("newest", newest.rows());
    } else if (order instanceof ScanOrder.Some) {
      texts.put("some", "");
    }
  }

  private static ScanOrder order(Texts texts) {
    return texts
        .find("limit")
        .<ScanOrder>map(rows -> new ScanOrder.Limit(Long.parseLong(rows)))
        .or(() -> texts.find("newest").map(rows -> new ScanOrder.Newest(Long.parseLong(rows))))
        .orElseGet(() -> texts.has("some") ? new ScanOrder.Some() : new ScanOrder.All());
  }

  private static List<String> pairs(Map<String, String> map) {
    List<String> pairs = new ArrayList<>();
    map.forEach(
        (name, value) -> {
          pairs.add(name);
          pairs.add(value);
        });
    return pairs;
  }

  private static Map<String, String> map(List<String> pairs) {
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i + 1 < pairs.size(); i += 2) {
      map.put(pairs.get(i), pairs.get(i + 1));
    }
    return map;
  }

  private static <T> T reading(String text, java.util.function.Function<Texts, T> read) {
    Texts texts = Texts.read(text);
    try {
      return read.apply(texts);
    } catch (java.time.DateTimeException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("Not the text of a scan: " + e.getMessage(), e);
    }
  }
}
