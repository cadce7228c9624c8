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

/**
 * Offsets as text: a JSON object of a shard id and a sequence number, as Pinot's own plugin writes
 * and reads it. Inside an aggregate the key comes twice: first with {@code SEQUENCE:SUBSEQUENCE},
 * then with the sequence number before the aggregate. That plugin takes the last of them, so that
 * it reads the aggregate once more and loses nothing. A start by time has {@code @TIME} for a
 * number, which that plugin refuses.
 */
final class OffsetText {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String TIME_MARK = "@";

  /** What a shard's newest end becomes in Pinot's own plugin, which has no number for it. */
  private static final String NO_NUMBER = "null";

  private OffsetText() {}

  static String write(KinesisOffset offset) {
    String key = quoted(offset.shard().value());
    Place place = offset.place();
    if (place instanceof Place.Whole whole) {
      return object(key, quoted(whole.sequence().digits()));
    } else if (place instanceof Place.Inside inside) {
      String here = quoted(inside.sequence() + ":" + inside.subsequence());
      return inside
          .before()
          .map(before -> "{" + key + ":" + here + "," + key + ":" + quoted(before.digits()) + "}")
          .orElseGet(() -> object(key, here));
    } else if (place instanceof Place.Time time) {
      return object(key, quoted(TIME_MARK + time.instant()));
    }
    return object(key, NO_NUMBER);
  }

  private static String object(String key, String value) {
    return "{" + key + ":" + value + "}";
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
    String first = values.get(0);
    int colon = first.startsWith(TIME_MARK) ? -1 : first.indexOf(':');
    if (colon >= 0) {
      return new Place.Inside(
          new SequenceNumber(first.substring(0, colon)),
          Long.parseUnsignedLong(first.substring(colon + 1)),
          values.stream().skip(1).findFirst().map(SequenceNumber::new));
    }
    if (values.size() > 1) {
      throw new IllegalArgumentException();
    }
    if (first.startsWith(TIME_MARK)) {
      return new Place.Time(Instant.parse(first.substring(TIME_MARK.length())));
    }
    return first.equals(NO_NUMBER) ? new Place.Tip() : new Place.Whole(new SequenceNumber(first));
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
