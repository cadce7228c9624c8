package dev.millrace.pinot.offset;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.ShardId;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Offsets as text: a JSON object of a shard id and a sequence number, as Pinot's own plugin writes
 * and reads it. What that one cannot say comes under the same key before the number: that plugin
 * takes the last of two, and goes on from there, so that it reads again and loses nothing.
 *
 * <ul>
 *   <li>{@code SEQUENCE:SUBSEQUENCE}: inside an aggregate; with {@code :MESSAGE} inside a user
 *       record
 *   <li>{@code @TIME}: a start by time
 *   <li>{@code SEQUENCE$} or {@code @TIME$}: the end of a closed shard
 * </ul>
 */
final class OffsetText {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String TIME_MARK = "@";
  private static final String END_MARK = "$";
  private static final Pattern INSIDE = Pattern.compile("(\\d+):(\\d{1,18})(?::(\\d{1,18}))?");

  /** What a shard's newest end becomes in Pinot's own plugin, which has no number for it. */
  private static final String NO_NUMBER = "null";

  private OffsetText() {}

  static String write(KinesisOffset offset) {
    String key = quoted(offset.shard().value());
    Optional<String> number = offset.place().number().map(n -> key + ":" + quoted(n.digits()));
    Optional<String> ours = ours(offset.place()).map(text -> key + ":" + quoted(text));
    return Stream.concat(ours.stream(), number.stream())
        .reduce((first, second) -> first + "," + second)
        .map(entries -> "{" + entries + "}")
        .orElseGet(() -> "{" + key + ":" + NO_NUMBER + "}");
  }

  /** What Pinot's own plugin cannot say; empty where it can. */
  private static Optional<String> ours(Place place) {
    if (place instanceof Place.Inside inside) {
      String message = inside.message().isPresent() ? ":" + inside.message().getAsLong() : "";
      return Optional.of(inside.sequence() + ":" + inside.subsequence() + message);
    } else if (place instanceof Place.Time time) {
      return Optional.of(TIME_MARK + time.instant());
    } else if (place instanceof Place.End end) {
      return ours(end.place())
          .or(() -> end.place().number().map(SequenceNumber::digits))
          .map(text -> text + END_MARK);
    }
    return Optional.empty();
  }

  private static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  static KinesisOffset parse(String text) {
    List<String> keys = new ArrayList<>();
    List<String> values = new ArrayList<>();
    try (JsonParser json = JSON.createParser(text)) {
      boolean isWhole = json.nextToken() == JsonToken.START_OBJECT;
      while (isWhole && json.nextToken() == JsonToken.FIELD_NAME) {
        keys.add(json.currentName());
        json.nextToken();
        values.add(Optional.ofNullable(json.getText()).orElse(""));
      }
      isWhole &= json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null;
      if (!isWhole || keys.isEmpty() || keys.size() > 2 || keys.stream().distinct().count() != 1) {
        throw refused(text);
      }
      return new KinesisOffset(new ShardId(keys.get(0)), place(values));
    } catch (IOException | IllegalArgumentException | DateTimeParseException e) {
      throw refused(text);
    }
  }

  private static Place place(List<String> values) {
    Optional<SequenceNumber> number = values.stream().skip(1).findFirst().map(SequenceNumber::new);
    String first = values.get(0);
    if (first.endsWith(END_MARK)) {
      return new Place.End(place(first.substring(0, first.length() - END_MARK.length()), number));
    }
    Place place = place(first, number);
    if (number.isPresent() && place instanceof Place.Whole) {
      throw new IllegalArgumentException("Two numbers");
    }
    return place;
  }

  private static Place place(String text, Optional<SequenceNumber> number) {
    if (text.startsWith(TIME_MARK)) {
      return new Place.Time(Instant.parse(text.substring(TIME_MARK.length())), number);
    }
    Matcher inside = INSIDE.matcher(text);
    if (inside.matches()) {
      return new Place.Inside(
          new SequenceNumber(inside.group(1)),
          Long.parseLong(inside.group(2)),
          inside.group(3) == null
              ? OptionalLong.empty()
              : OptionalLong.of(Long.parseLong(inside.group(3))),
          number);
    }
    return text.equals(NO_NUMBER) ? new Place.Tip() : new Place.Whole(new SequenceNumber(text));
  }

  private static MillraceException refused(String text) {
    return new MillraceException(
        ErrorCode.USER,
        "Not an offset of a Kinesis stream: '"
            + text
            + "'; allowed: {\"SHARD\":\"SEQUENCE\"}, as this plugin and Pinot's own store it. Is"
            + " the table's stream still the one it was made with?");
  }
}
