package dev.millrace.local.query;

/** Why a query's time begins where it does. */
public enum StartReason {
  /** Nobody said: 24 hours back. */
  DEFAULT,
  /** The query ends before the start that nobody said: all that retention holds. */
  UPPER_BOUND,
  /** The table's definition says so. */
  DEFINITION,
  /** The statement bounds {@code _timestamp} from below. */
  STATEMENT,
  /** The request said so. */
  REQUEST,
  /** The request asked for all that retention holds. */
  TRIM_HORIZON
}
