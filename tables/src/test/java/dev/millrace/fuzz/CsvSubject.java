package dev.millrace.fuzz;

import dev.millrace.table.Column;
import dev.millrace.table.MessageFormat;
import dev.millrace.table.MessageFormat.Csv;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lines of separated values. */
final class CsvSubject implements Subject {
  private final Csv format;
  private final MadeColumns made;
  private boolean whole;

  CsvSubject(Dice dice) {
    format =
        dice.oneIn(3)
            ? Csv.DEFAULT
            : new Csv(
                dice.any(',', ';', '\t', ' ', '|', 'x'),
                dice.any(Optional.of('"'), Optional.of('\''), Optional.<Character>empty()),
                dice.any(Optional.of('\\'), Optional.of('"'), Optional.<Character>empty()),
                dice.any(
                    Optional.of("\\N"), Optional.of("null"), Optional.of(""), Optional.empty()),
                dice.oneIn(3));
    made =
        new MadeColumns(
            dice,
            format,
            (d, column, index) ->
                column.withMapping(String.valueOf(d.oneIn(9) ? d.below(20) : index)));
  }

  @Override
  public MessageFormat format() {
    return format;
  }

  @Override
  public List<Column> columns() {
    return made.columns();
  }

  @Override
  public Content content() {
    return Content.TEXT;
  }

  @Override
  public Sample message(Dice dice) {
    whole = made.fits();
    List<String> values = new ArrayList<>();
    for (int i = 0; i < columns().size(); i++) {
      whole &= columns().get(i).mapping().equals(Optional.of(String.valueOf(i)));
      values.add(value(dice, i));
    }
    String line = String.join(String.valueOf(format.delimiter()), values);
    whole &= !line.isBlank();
    return new Sample(
        ((dice.oneIn(10) ? "\ufeff" : "") + line + dice.any("", "\n", "\r\n"))
            .getBytes(StandardCharsets.UTF_8),
        whole);
  }

  private String value(Dice dice, int column) {
    if (dice.oneIn(15)) {
      // An empty text is one, and no time.
      whole &= columns().get(column).dataFormat().isEmpty();
      return format.nullText().orElse("");
    }
    String text = made.values(dice, column).text(made.valueType(dice, column));
    if (format.urlEncoded()) {
      text = text.replace("%", "%25");
      text = dice.coin() ? text.replace("a", "%61") : text;
    }
    boolean special =
        text.chars().anyMatch(c -> isSpecial((char) c)) || (dice.oneIn(8) && !text.isEmpty());
    return special ? quoted(text) : text;
  }

  private boolean isSpecial(char c) {
    return c == format.delimiter()
        || c == '\n'
        || c == '\r'
        || c == '\ufeff'
        || Optional.of(c).equals(format.quote())
        || Optional.of(c).equals(format.escape());
  }

  private String quoted(String text) {
    Optional<Character> quote = format.quote();
    Optional<Character> escape = format.escape();
    StringBuilder made = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isQuote = Optional.of(c).equals(quote);
      boolean isEscape = Optional.of(c).equals(escape);
      if (isEscape || (escape.isPresent() && quote.isEmpty() && isSpecial(c))) {
        made.append(escape.orElseThrow());
      } else if (isQuote) {
        made.append(c);
      }
      made.append(c);
    }
    // A line without quotes and escapes cannot hold all texts.
    whole &= quote.isPresent();
    return quote.map(q -> q + made.toString() + q).orElse(made.toString());
  }
}
