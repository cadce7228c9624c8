package dev.millrace.cli;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Sizes in bytes, such as {@code 500MB}, {@code 10GB} or {@code 1.5GiB}. */
final class Sizes implements ITypeConverter<Long> {
  private static final Pattern PATTERN =
      Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,6})?)\\s*([kmgt]?)(i?)b");
  private static final Map<String, Integer> POWERS = Map.of("", 0, "k", 1, "m", 2, "g", 3, "t", 4);

  @Override
  public Long convert(String text) {
    Matcher matcher = PATTERN.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (matcher.matches()) {
      BigDecimal unit = BigDecimal.valueOf(matcher.group(3).isEmpty() ? 1000 : 1024);
      BigDecimal bytes =
          new BigDecimal(matcher.group(1))
              .multiply(unit.pow(POWERS.getOrDefault(matcher.group(2), 0)));
      if (bytes.signum() > 0 && bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0) {
        return bytes.longValue();
      }
    }
    throw new TypeConversionException("'" + text + "' is not a size such as 500MB, 10GB or 1GiB");
  }
}
