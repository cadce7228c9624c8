package dev.millrace.connector.split;

import dev.millrace.connector.page.ColumnPage;
import dev.millrace.connector.page.ColumnVector;
import dev.millrace.stream.UserRecord;
import dev.millrace.table.MetadataColumn;
import java.util.List;
import java.util.Optional;

/** Pages of records that are not looked at: each is a row, and no column differs between rows. */
final class CountedRows implements PageMaker {
  private final List<MetadataColumn> wanted;
  private final ConstantColumns constants;
  private final SegmentEnds ends;
  private final long most;
  private int inPage;
  private long rows;

  CountedRows(List<MetadataColumn> wanted, ConstantColumns constants, SegmentEnds ends, long most) {
    this.wanted = List.copyOf(wanted);
    this.constants = constants;
    this.ends = ends;
    this.most = most;
  }

  @Override
  public int take(List<UserRecord> records, int from, ArrivalFilter filter) {
    int count = 0;
    if (filter.passesAll()) {
      count = records.size() - from;
      takeFirst(records, from, filter);
    } else {
      for (int i = from; i < records.size(); i++) {
        if (filter.passes(records.get(i))) {
          count++;
        }
      }
      if (count > 0) {
        takeFirst(records, from, filter);
      }
    }
    int taken = (int) Math.min(count, most - rows);
    inPage += taken;
    rows += taken;
    return records.size();
  }

  private void takeFirst(List<UserRecord> records, int from, ArrivalFilter filter) {
    for (int i = from; i < records.size() && ends.first().isEmpty(); i++) {
      if (filter.passes(records.get(i))) {
        ends.takeFirst(records.get(i));
      }
    }
  }

  @Override
  public boolean isFull() {
    return inPage >= FULL_ROWS;
  }

  @Override
  public Optional<ColumnPage> build() {
    if (inPage == 0) {
      return Optional.empty();
    }
    List<ColumnVector> columns = wanted.stream().map(constants::vector).toList();
    ColumnPage page = new ColumnPage(inPage, columns, 0);
    inPage = 0;
    return Optional.of(page);
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public long badRows() {
    return 0;
  }

  @Override
  public long bytes() {
    return 0;
  }
}
