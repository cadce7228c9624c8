package dev.millrace.connector.checkpoint;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Small texts under two keys: what a place for checkpoints has to offer. Any thread may call. */
interface Items extends AutoCloseable {

  /**
   * A text.
   *
   * @param version 1 for the first text under the key, and one more for each that replaced it
   */
  record Item(String key, String value, long version) {}

  /** Finds a text that has not expired. */
  Optional<Item> find(String group, String key);

  /** Puts a text there, whatever there was; the version is 1 again. */
  void put(String group, String key, String value, Optional<Instant> expires);

  /**
   * Puts a text there that does not expire, unless there is another than expected.
   *
   * @param expected the version there is, 0 for none
   * @return whether it was put there
   */
  boolean replace(String group, String key, String value, long expected);

  /** The texts of a group that have not expired, in the order of their keys. */
  List<Item> list(String group);

  /** Removes a group. */
  void drop(String group);

  @Override
  void close();
}
