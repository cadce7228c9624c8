package dev.millrace.infer;

import dev.millrace.decode.MessageReader;
import dev.millrace.decode.RowDecoder;
import dev.millrace.decode.RowDecoders;
import dev.millrace.decode.schema.SchemaRegistry;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.UserRecord;
import dev.millrace.table.Column;
import dev.millrace.table.MessageDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the sample with what was guessed, as a query will, and widens the columns whose values do
 * not all fit, until no column can be widened any more.
 */
final class Verification {
  private final List<UserRecord> sample;
  private final SchemaRegistry registry;
  private final Findings findings;
  private List<GuessedColumn> columns;
  private MessageDefinition message;
  private SampleRows rows;

  private Verification(
      List<UserRecord> sample,
      SchemaRegistry registry,
      MessageDefinition guessed,
      List<GuessedColumn> columns,
      Findings findings) {
    this.sample = sample;
    this.registry = registry;
    this.findings = findings;
    this.columns = columns;
    this.message = guessed;
    this.rows = new SampleRows(0);
  }

  /**
   * @param guessed without columns
   */
  static Verification of(
      List<UserRecord> sample,
      SchemaRegistry registry,
      MessageDefinition guessed,
      List<GuessedColumn> columns,
      Findings findings) {
    Verification verification = new Verification(sample, registry, guessed, columns, findings);
    do {
      verification.decode();
    } while (verification.widen());
    verification.tell();
    return verification;
  }

  /** The definition with which as much as possible is valid. */
  MessageDefinition message() {
    return message;
  }

  List<GuessedColumn> columns() {
    return columns;
  }

  SampleRows rows() {
    return rows;
  }

  private void decode() {
    List<Column> wanted = columns.stream().map(GuessedColumn::column).toList();
    message =
        new MessageDefinition(
            message.compression(), message.envelopes(), message.format(), wanted, message.onBad());
    RowDecoder decoder =
        RowDecoders.compile(message, wanted, MessageReader.of(message.compression()), registry);
    rows = new SampleRows(wanted.size());
    for (UserRecord record : sample) {
      rows.startRecord(record.sequence());
      decoder.decode(record, rows);
    }
  }

  /** A record with a value that the column should take and does not; null where there is none. */
  private @Nullable SequenceNumber unfit(int column) {
    boolean namesOnly = rows.invalids(column) <= columns.get(column).shape().names();
    return namesOnly ? null : rows.invalid(column);
  }

  private boolean widen() {
    boolean changed = false;
    List<GuessedColumn> wider = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      GuessedColumn column = columns.get(i);
      SequenceNumber record = unfit(i);
      Optional<GuessedColumn> wide = record == null ? Optional.empty() : column.wider();
      if (record != null && wide.isPresent()) {
        findings.conflict(
            column.column().name(),
            "not all values can be read as " + column.column().type(),
            wide.get().column().type().toString(),
            "",
            record);
      }
      wider.add(wide.orElse(column));
      changed |= wide.isPresent();
    }
    columns = wider;
    return changed;
  }

  private void tell() {
    for (int i = 0; i < columns.size(); i++) {
      SequenceNumber record = unfit(i);
      if (record != null) {
        Column column = columns.get(i).column();
        findings.conflict(
            column.name(), "some values cannot be read as any type", "NULL there", "", record);
      }
      findings.mixed(columns.get(i));
    }
    if (rows.bad() > 0) {
      findings.conflict(
          "rows",
          Share.percent(rows.bad(), rows.rows()) + " are not valid; of the first: " + rows.reason(),
          "columns that are NULL, _message_valid false",
          "",
          rows.firstBad());
    }
  }
}
