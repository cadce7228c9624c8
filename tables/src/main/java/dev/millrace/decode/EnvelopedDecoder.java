package dev.millrace.decode;

import dev.millrace.decode.envelope.EnvelopeStack;
import dev.millrace.decode.envelope.Messages;
import dev.millrace.decode.envelope.Wrapper;
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
    envelopes.reset();
    if (reader.read(record)) {
      opened.message(reader.buffer(), reader.offset(), reader.length());
    } else {
      damaged(reader.problem());
    }
  }

  @Override
  public void message(byte[] buffer, int offset, int length) {
    PendingRow next = begin();
    end(columns.message().decode(buffer, offset, length, next), next);
  }

  @Override
  public void damaged(String reason) {
    end(reason, begin());
  }

  /** What is around a message stands whatever the message is worth, and the other way round. */
  private void end(@Nullable String ofMessage, PendingRow next) {
    String ofEnvelope = columns.ofEnvelope().isPresent() ? readEnvelope(next) : ofMessage;
    if (ofMessage == null && ofEnvelope == null) {
      next.commit();
    } else if (ofMessage != null && ofEnvelope != null) {
      next.reject(ofMessage);
    } else if (ofMessage != null) {
      withoutColumns(true, next);
      next.incomplete(ofMessage);
      next.commit();
    } else if (ofEnvelope != null) {
      withoutColumns(false, next);
      next.incomplete(ofEnvelope);
      next.commit();
    }
  }

  private @Nullable String readEnvelope(PendingRow next) {
    Wrapper wrapper = envelopes.context().wrapper();
    if (!wrapper.isInView()) {
      return "there is no JSON envelope around the message";
    }
    String problem = wrapper.open();
    return problem != null
        ? problem
        : columns
            .ofEnvelope()
            .orElseThrow()
            .decode(wrapper.buffer(), wrapper.offset(), wrapper.length(), next);
  }

  /** Makes NULL what was read from the message, or from the envelope. */
  private void withoutColumns(boolean ofMessage, PendingRow next) {
    for (int column = 0; column < columns.count(); column++) {
      if (columns.ofMessage().contains(column) == ofMessage) {
        next.forget(column);
        next.sink().setNull(column);
      }
    }
  }

  private PendingRow begin() {
    PendingRow next = row;
    if (next == null) {
      throw new IllegalStateException("no record is being decoded");
    }
    next.begin();
    String leftOut = envelopes.context().takeIncomplete();
    if (leftOut != null) {
      next.incomplete(leftOut);
    }
    return next;
  }
}
