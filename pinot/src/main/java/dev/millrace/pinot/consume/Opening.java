package dev.millrace.pinot.consume;

import dev.millrace.decode.MessageReader;
import dev.millrace.decode.envelope.EnvelopeStack;
import dev.millrace.decode.envelope.Messages;
import dev.millrace.stream.UserRecord;
import dev.millrace.table.Envelope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the envelopes of records. One thread at a time.
 *
 * <p>What cannot be opened becomes a message without bytes, which no format takes for a row: Pinot
 * counts it with what its decoder could not read. The record as it came might be taken for one.
 */
final class Opening implements Messages {
  private static final Logger LOGGER = LoggerFactory.getLogger(Opening.class);

  /** Small records can be large once they are opened: no more of them are after so many bytes. */
  private static final long MOST_BYTES = 16L << 20;

  private static final byte[] NOTHING = {};

  /**
   * A message.
   *
   * @param record the index of the record that held it
   * @param number its number inside the record
   */
  @SuppressWarnings("ArrayRecordComponent") // A hand-over; two of them are never compared.
  record Opened(int record, int number, byte[] value) {}

  private final EnvelopeStack envelopes;
  private final Messages opener;
  private List<Opened> opened = new ArrayList<>();
  private int record;
  private int number;

  /** How many of the record's messages are not to be handed out again. */
  private int consumed;

  private long bytes;
  private String damage = "";
  private long damaged;

  Opening(List<Envelope> outsideIn) {
    this.envelopes = new EnvelopeStack(outsideIn, MessageReader.DEFAULT_LIMIT);
    this.opener = envelopes.into(this);
  }

  /**
   * Opens records from one on, at least that one.
   *
   * @return the messages they hold; {@link #end} says which records that were
   */
  List<Opened> open(HeldRecords held, int from) {
    opened = new ArrayList<>();
    bytes = 0;
    record = from;
    do {
      consumed = held.consumedOf(record);
      open(held.get(record));
      record++;
    } while (record < held.size() && bytes < MOST_BYTES);
    return opened;
  }

  /** After the last record that was opened. */
  int end() {
    return record;
  }

  private void open(UserRecord user) {
    number = 0;
    damage = "";
    envelopes.reset();
    opener.message(user.buffer(), user.offset(), user.length());
    if (!damage.isEmpty()) {
      damaged++;
      if (Long.bitCount(damaged) == 1) { // The first, and ever fewer of the rest.
        LOGGER.warn("{} record(s) could not be opened, last {}: {}", damaged, user, damage);
      }
    }
  }

  @Override
  public void message(byte[] buffer, int offset, int length) {
    if (number < consumed) {
      number++;
    } else {
      add(Arrays.copyOfRange(buffer, offset, offset + length));
    }
  }

  @Override
  public void damaged(String reason) {
    damage = reason;
    message(NOTHING, 0, 0);
  }

  private void add(byte[] value) {
    opened.add(new Opened(record, number++, value));
    bytes += value.length;
  }
}
