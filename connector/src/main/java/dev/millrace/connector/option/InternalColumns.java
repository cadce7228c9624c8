package dev.millrace.connector.option;

/** Whether {@code SELECT *} has the metadata columns; named, they are always there. */
public enum InternalColumns {
  HIDDEN,
  SHOWN
}
