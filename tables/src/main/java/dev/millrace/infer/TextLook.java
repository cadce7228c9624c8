package dev.millrace.infer;

import dev.millrace.decode.json.NumberLiteral;
import dev.millrace.decode.time.Moment;
import dev.millrace.decode.time.TimeParser;
import dev.millrace.table.mapping.TimeFormat.Standard;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What texts and numbers are. Times are read by the parser that will read them in queries. */
final class TextLook {
  /** The parser reads more than this; twelve digits, say, are rather a number than a time. */
  private static final Pattern TIME =
      Pattern.compile("\\d{4}-\\d{2}-\\d{2}([Tt ]\\d{2}:\\d{2}.{0,40})?");

  private static final Pattern ZONE = Pattern.compile(".{10}.*([Zz]|[+-]\\d{2}(:?\\d{2})?)");
  private static final Pattern FRACTION = Pattern.compile(".{16}:\\d{2}[.,](\\d+).*");
  private static final Pattern UUID =
      Pattern.compile(
          "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

  private static final int MAX_LENGTH = 60;
  private static final int DECIMAL_DIGITS = 38;
  private static final int MAX_DIGITS = 1_000;

  private final TimeParser parser = TimeParser.of(Standard.ISO8601);
  private final Moment moment = new Moment();

  ValueKind kind(String text) {
    if (text.length() < 10 || text.length() > MAX_LENGTH) {
      return ValueKind.TEXT;
    }
    if (UUID.matcher(text).matches()) {
      return ValueKind.UUID;
    }
    if (!TIME.matcher(text).matches() || !isTime(text)) {
      return ValueKind.TEXT;
    }
    if (text.length() == 10) {
      return ValueKind.DATE;
    }
    return ZONE.matcher(text).matches() ? ValueKind.INSTANT : ValueKind.LOCAL_TIME;
  }

  private boolean isTime(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    moment.clear();
    return parser.parse(bytes, 0, bytes.length, moment) && moment.hasDate() && moment.isInRange();
  }

  /** Digits of a second in a text that is a time. */
  static int fractionDigits(String time) {
    var matcher = FRACTION.matcher(time);
    return matcher.matches() ? matcher.group(1).length() : 0;
  }

  static ValueKind kind(NumberLiteral number) {
    if (!number.isWhole()) {
      double value = Double.parseDouble(number.toString());
      return Double.isFinite(value) && number.length() <= MAX_DIGITS
          ? ValueKind.FRACTION
          : ValueKind.HUGE;
    }
    if (number.isExact()) {
      return ValueKind.WHOLE;
    }
    int digits = number.length() - (number.isNegative() ? 1 : 0);
    return digits <= DECIMAL_DIGITS ? ValueKind.LARGE_WHOLE : ValueKind.HUGE;
  }
}
