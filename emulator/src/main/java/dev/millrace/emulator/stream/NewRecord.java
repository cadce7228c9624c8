package dev.millrace.emulator.stream;

/**
 * A record to be put: its data is a part of {@code bytes}, so that a batch parsed from a request is
 * not copied once more.
 */
@SuppressWarnings("ArrayRecordComponent") // A hand-over of buffers; never compared or kept.
public record NewRecord(byte[] partitionKey, byte[] bytes, int offset, int length) {

  /** The size the service counts on writing: data and partition key. */
  public int size() {
    return length + partitionKey.length;
  }
}
