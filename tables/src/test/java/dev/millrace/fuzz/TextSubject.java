package dev.millrace.fuzz;

import dev.millrace.table.Column;
import dev.millrace.table.MessageFormat;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Messages that are one text. */
final class TextSubject implements Subject {
  private final MadeColumns made;

  TextSubject(Dice dice) {
    made = new MadeColumns(dice, format(), (d, column, index) -> column);
  }

  @Override
  public MessageFormat format() {
    return new MessageFormat.Text();
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
    int column = dice.below(columns().size());
    String text = made.values(dice, column).text(made.valueType(dice, column));
    return new Sample(text.getBytes(StandardCharsets.UTF_8), made.fits() && columns().size() == 1);
  }
}
