package dev.millrace.table;

/** What a record that could not be decoded does to a query. */
public enum OnBad {
  /** Its values are NULL; {@code _message_valid} and {@code _error} tell. */
  NULL,
  /** It has no row. */
  SKIP,
  /** The query fails and names the first one. */
  FAIL
}
