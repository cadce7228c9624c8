package dev.millrace.decode;

import dev.millrace.stream.UserRecord;
import dev.millrace.table.Column;
import java.util.ArrayList;
import java.util.List;

/** Raw messages: a row each, its columns at fixed places. */
final class RawDecoder implements RowDecoder {
  private final MessageReader messages;
  private final List<RawColumn> columns = new ArrayList<>();

  RawDecoder(MessageReader messages, List<Column> wanted) {
    this.messages = messages;
    for (int i = 0; i < wanted.size(); i++) {
      columns.add(new RawColumn(wanted.get(i), i));
    }
  }

  @Override
  public void decode(UserRecord record, RowSink sink) {
    sink.begin();
    if (!messages.read(record)) {
      sink.reject(messages.problem());
      return;
    }
    for (RawColumn column : columns) {
      column.decode(messages.buffer(), messages.offset(), messages.length(), sink);
    }
    sink.commit();
  }
}
