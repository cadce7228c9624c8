package dev.millrace.fuzz;

import dev.millrace.fuzz.CheckingSink.End;
import dev.millrace.table.Column;
import java.util.List;

/** Whether fewer columns of a record have the same values, and no more errors. */
record Projection(List<Column> all, List<Column> some) {

  void check(CheckingSink whole, CheckingSink part) {
    if (whole.rows() != part.rows()) {
      throw new AssertionError(
          whole.rows() + " rows of all columns and " + part.rows() + " of some");
    }
    for (int row = 0; row < Math.min(whole.rows(), CheckingSink.KEPT_ROWS); row++) {
      check(whole, part, row);
    }
  }

  private void check(CheckingSink whole, CheckingSink part, int row) {
    End ofAll = whole.end(row);
    End ofSome = part.end(row);
    if (ofAll == End.REJECTED || ofAll == End.INCOMPLETE) {
      return;
    }
    if (ofSome != End.WHOLE && (ofAll == End.WHOLE || ofSome != End.FAULTY)) {
      throw new AssertionError(
          "row %d is %s with all columns and %s with some: %s"
              .formatted(row, ofAll, ofSome, part.reason()));
    }
    for (int column = 0; column < some.size(); column++) {
      int same = all.indexOf(some.get(column));
      if (whole.value(row, same) != part.value(row, column)) {
        throw new AssertionError(
            "row %d has another value of %s where fewer columns are wanted"
                .formatted(row, some.get(column)));
      }
    }
  }
}
