package dev.millrace.connector.split;

import dev.millrace.connector.page.ColumnBuilder;
import dev.millrace.connector.page.ColumnPage;
import dev.millrace.connector.page.ColumnVector;
import dev.millrace.connector.plan.TableColumn;
import dev.millrace.decode.MessageReader;
import dev.millrace.decode.RowDecoder;
import dev.millrace.decode.RowDecoders;
import dev.millrace.decode.schema.SchemaRegistry;
import dev.millrace.stream.UserRecord;
import dev.millrace.table.Column;
import dev.millrace.table.MetadataColumn;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Pages of records that are decoded, or whose metadata is wanted. */
final class DecodedRows implements PageMaker {

  /** After how many records, or of what size, the page under construction is weighed. */
  private static final int WEIGHED_RECORDS = 64;

  private static final long WEIGHED_BYTES = 128L << 10;

  private final WantedColumns wanted;
  private final ConstantColumns constants;
  private final SegmentEnds ends;
  private final RowDecoder decoder;
  private final RowCollector collector;
  private final BadRows badRows;
  private final RecordColumns recordColumns;
  private final Map<MetadataColumn, ColumnBuilder> rowColumns = new HashMap<>();
  private final @Nullable ColumnBuilder[] payload;
  private final Deque<ColumnPage> finished = new ArrayDeque<>();
  private final long most;
  private CompletableFuture<?> known = CompletableFuture.completedFuture(null);

  /** The record that waits for what is not known yet. */
  private @Nullable UserRecord waiting;

  private long finishedBytes;
  private int unweighedRecords;
  private long unweighedBytes;
  private boolean isHeavy;

  DecodedRows(
      WantedColumns wanted,
      SchemaRegistry schemas,
      ConstantColumns constants,
      SegmentEnds ends,
      long most) {
    this.wanted = wanted;
    this.constants = constants;
    this.ends = ends;
    this.most = most;
    MessageReader messages = MessageReader.of(wanted.table().message().compression());
    this.recordColumns = new RecordColumns(messages);
    List<Column> decoded = wanted.decoded();
    this.decoder = RowDecoders.compile(wanted.table().message(), decoded, messages, schemas);
    this.payload = new @Nullable ColumnBuilder[wanted.columns().size()];
    @Nullable ColumnBuilder[] ofDecoder = new @Nullable ColumnBuilder[decoded.size()];
    for (int i = 0; i < ofDecoder.length; i++) {
      Optional<Integer> place = wanted.indexOf(decoded.get(i));
      if (place.isPresent()) {
        ColumnBuilder builder = ColumnBuilder.of(decoded.get(i).type());
        ofDecoder[i] = builder;
        payload[place.get()] = builder;
      }
    }
    wanted.metadata().forEach(this::want);
    this.badRows = new BadRows(wanted.table(), wanted.onBad());
    this.collector =
        new RowCollector(
            ofDecoder, recordColumns, new RowColumns(rowColumns), badRows, most, this::finish);
  }

  private void want(MetadataColumn column) {
    if (RecordColumns.contains(column)) {
      recordColumns.want(column);
    } else if (!ConstantColumns.contains(column)) {
      rowColumns.put(column, ColumnBuilder.of(column.type()));
    }
  }

  @Override
  public int take(List<UserRecord> records, int from, ArrivalFilter filter) {
    int i = from;
    while (i < records.size() && !isFull() && collector.total() < most) {
      UserRecord record = records.get(i);
      if (filter.passes(record)) {
        if (!decode(record)) {
          return i;
        }
        unweighedRecords++;
        unweighedBytes += record.length();
      }
      i++;
    }
    return i;
  }

  /**
   * Makes a record's rows.
   *
   * @return false where it has to be decoded again later: the rows it has made by then stand
   */
  @SuppressWarnings("ReferenceEquality") // The same object comes again.
  private boolean decode(UserRecord record) {
    if (record == waiting) {
      collector.startAgain();
    } else {
      ends.takeFirst(record);
      collector.startRecord(record);
    }
    waiting = null;
    try {
      decoder.decode(record, collector);
      return true;
    } catch (SchemaAwaited e) {
      known = e.known();
      waiting = record;
      return false;
    }
  }

  @Override
  public CompletableFuture<?> known() {
    return known;
  }

  @Override
  public boolean isFull() {
    if (unweighedRecords >= WEIGHED_RECORDS || unweighedBytes >= WEIGHED_BYTES) {
      unweighedRecords = 0;
      unweighedBytes = 0;
      isHeavy = builtBytes() >= FULL_BYTES;
    }
    return isHeavy || !finished.isEmpty() || collector.rows() >= FULL_ROWS;
  }

  private long builtBytes() {
    long bytes = recordColumns.bytes();
    for (ColumnBuilder builder : payload) {
      bytes += builder == null ? 0 : builder.bytes();
    }
    for (ColumnBuilder builder : rowColumns.values()) {
      bytes += builder.bytes();
    }
    return bytes;
  }

  /** Makes the rows so far a page: also in the middle of a record that makes many rows. */
  private void finish() {
    int rows = collector.rows();
    long bytes = builtBytes();
    Map<MetadataColumn, ColumnVector> ofRecords = recordColumns.build();
    List<ColumnVector> columns = new ArrayList<>();
    for (int i = 0; i < payload.length; i++) {
      columns.add(vector(i, rows, ofRecords));
    }
    finished.add(new ColumnPage(rows, columns, bytes));
    finishedBytes += bytes;
    collector.startPage();
    isHeavy = false;
  }

  private ColumnVector vector(int i, int rows, Map<MetadataColumn, ColumnVector> ofRecords) {
    if (wanted.columns().get(i) instanceof TableColumn.Metadata metadata) {
      MetadataColumn column = metadata.column();
      if (ConstantColumns.contains(column)) {
        return constants.vector(column);
      }
      ColumnVector ofRecord = ofRecords.get(column);
      return ofRecord != null
          ? ofRecord
          : Objects.requireNonNull(rowColumns.get(column)).build(rows);
    }
    return Objects.requireNonNull(payload[i]).build(rows);
  }

  @Override
  public Optional<ColumnPage> build() {
    if (finished.isEmpty() && collector.rows() > 0) {
      finish();
    }
    ColumnPage page = finished.poll();
    if (page != null) {
      finishedBytes -= page.bytes();
    }
    return Optional.ofNullable(page);
  }

  @Override
  public long rows() {
    return collector.total();
  }

  @Override
  public long badRows() {
    return collector.badRows();
  }

  @Override
  public Optional<String> skipped() {
    return badRows.skipped();
  }

  @Override
  public long bytes() {
    return finishedBytes + builtBytes();
  }
}
