package dev.millrace.emulator.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The records of a PutRecords request, read in one pass: all data in one array, no object a record.
 */
public final class PutBatch {
  private final List<@Nullable String> partitionKeys = new ArrayList<>();
  private final List<@Nullable String> explicitHashKeys = new ArrayList<>();

  /** Where each record's data ends in {@link #data}. */
  private final List<Integer> ends = new ArrayList<>();

  private final BitSet withoutData = new BitSet();

  private final Data data = new Data();

  private PutBatch() {}

  static PutBatch read(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw ServiceException.serialization("Records must be a list.");
    }
    PutBatch batch = new PutBatch();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      batch.readRecord(parser);
    }
    return batch;
  }

  private void readRecord(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw ServiceException.serialization("Each of Records must be a structure.");
    }
    String partitionKey = null;
    String explicitHashKey = null;
    boolean hasData = false;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (name) {
        case "PartitionKey" -> partitionKey = text(parser, name, value);
        case "ExplicitHashKey" -> explicitHashKey = text(parser, name, value);
        case "Data" -> hasData = readData(parser, value);
        default -> parser.skipChildren();
      }
    }
    partitionKeys.add(partitionKey);
    explicitHashKeys.add(explicitHashKey);
    withoutData.set(ends.size(), !hasData);
    ends.add(data.size());
  }

  private static @Nullable String text(JsonParser parser, String name, JsonToken value)
      throws IOException {
    if (value == JsonToken.VALUE_NULL) {
      return null;
    }
    if (value != JsonToken.VALUE_STRING) {
      throw ServiceException.serialization(name + " must be a string.");
    }
    return parser.getText();
  }

  private boolean readData(JsonParser parser, JsonToken value) throws IOException {
    if (value == JsonToken.VALUE_NULL) {
      return false;
    }
    if (value != JsonToken.VALUE_STRING && value != JsonToken.VALUE_EMBEDDED_OBJECT) {
      throw ServiceException.serialization("Data must be a blob.");
    }
    try {
      parser.readBinaryValue(data);
    } catch (IllegalArgumentException e) {
      throw ServiceException.serialization("Data is not base64.");
    }
    return true;
  }

  public int size() {
    return ends.size();
  }

  public @Nullable String partitionKey(int index) {
    return partitionKeys.get(index);
  }

  public @Nullable String explicitHashKey(int index) {
    return explicitHashKeys.get(index);
  }

  public boolean hasData(int index) {
    return !withoutData.get(index);
  }

  /** The data of all records; see {@link #offset} and {@link #length}. */
  public byte[] data() {
    return data.array();
  }

  public int offset(int index) {
    return index == 0 ? 0 : ends.get(index - 1);
  }

  public int length(int index) {
    return ends.get(index) - offset(index);
  }

  /** Gives its array away without a copy. */
  private static final class Data extends ByteArrayOutputStream {
    Data() {
      super(64 * 1024);
    }

    byte[] array() {
      return buf;
    }
  }
}
