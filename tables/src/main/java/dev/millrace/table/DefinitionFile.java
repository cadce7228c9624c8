package dev.millrace.table;

/**
 * One definition file as it was read.
 *
 * @param name its name in the place it is in, such as {@code orders.json}
 * @param source where it is, in full, for messages
 * @param bytes what is in it; nobody changes them
 */
@SuppressWarnings("ArrayRecordComponent") // A hand-over of what was read; never compared.
public record DefinitionFile(String name, String source, byte[] bytes) {

  @Override
  public String toString() {
    return source;
  }
}
