package dev.millrace.decode;

import dev.millrace.decode.envelope.EnvelopeStack;
import dev.millrace.decode.envelope.MessageContext;
import dev.millrace.decode.envelope.Messages;
import dev.millrace.decode.format.MessageDecoder;
import dev.millrace.decode.row.PendingRow;
import dev.millrace.decode.row.RowSink;
import dev.millrace.stream.UserRecord;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Opens a record's envelopes and makes a row of each message they hold. */
final class EnvelopedDecoder implements RowDecoder, Messages {
  private final MessageReader reader;
  private final EnvelopeStack envelopes;
  private final Messages opened;
  private final Columns columns;
  private @Nullable PendingRow row;

  /**
   * Who reads the wanted columns.
   *
   * @param ofEnvelope reads those that come from the JSON around the message
   * @param ofMessage the numbers of those that come from the message
   * @param count all of them
   */
  record Columns(
      MessageDecoder message,
      Optional<MessageDecoder> ofEnvelope,
      List<Integer> ofMessage,
      int count) {}

  EnvelopedDecoder(MessageReader reader, EnvelopeStack envelopes, Columns columns) {
    this.reader = reader;
    this.envelopes = envelopes;
    this.opened = envelopes.into(this);
    this.columns = columns;
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // Another sink, however equal, is another place to write.
  public void decode(UserRecord record, RowSink sink) {
    if (row == null || row.sink() != sink) {
      row = new PendingRow(sink, columns.count());
    }
    if (reader.read(record)) {
      envelopes.reset();
      opened.message(reader.buffer(), reader.offset(), reader.length());
    } else {
      damaged(reader.problem());
    }
  }

  @Override
  public void message(byte[] buffer, int offset, int length) {
    PendingRow next = begin();
    String reason = columns.message().decode(buffer, offset, length, next);
    if (columns.ofEnvelope().isPresent()) {
      envelopeColumns(columns.ofEnvelope().get(), reason, next);
    } else if (reason == null) {
      next.commit();
    } else {
      next.reject(reason);
    }
  }

  /** What is around a message stands, whatever the message is worth. */
  private void envelopeColumns(MessageDecoder decoder, @Nullable String reason, PendingRow next) {
    if (reason != null) {
      for (int column : columns.ofMessage()) {
        next.forget(column);
        next.sink().setNull(column);
      }
      next.incomplete(reason);
    }
    MessageContext context = envelopes.context();
    String broken =
        decoder.decode(context.wrapper(), context.wrapperOffset(), context.wrapperLength(), next);
    if (broken == null) {
      next.commit();
    } else {
      next.reject(broken);
    }
  }

  @Override
  public void damaged(String reason) {
    begin().reject(reason);
  }

  private PendingRow begin() {
    PendingRow next = row;
    if (next == null) {
      throw new IllegalStateException("no record is being decoded");
    }
    next.begin();
    return next;
  }
}
