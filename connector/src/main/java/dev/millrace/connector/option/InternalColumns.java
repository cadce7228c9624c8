package dev.millrace.connector.option;

/** Whether metadata columns are among those of {@code SELECT *}. */
public enum InternalColumns {
  HIDDEN,
  SHOWN
}
