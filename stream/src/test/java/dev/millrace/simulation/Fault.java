package dev.millrace.simulation;

/** What can go wrong, or is merely odd, on the way of a reader. */
enum Fault {
  THROTTLE,
  OWN_LIMIT,
  RESET,
  SERVER_ERROR,
  OUTAGE,
  SLOW_CALL,
  CREDENTIALS_EXPIRED,
  ITERATOR_SPURIOUSLY_EXPIRED,
  ITERATOR_TIMED_OUT,
  TOKEN_EXPIRED,
  LISTING_FAILED,
  LISTING_LAGS,
  CHILDREN_UNNAMED,
  CHILD_MISSING,
  END_WITH_RECORDS,
  EMPTY_BEHIND,
  LAG_UNKNOWN,
  LAG_ZERO_WITH_RECORDS,
  IDLE_LAG,
  SHORT_PAGE,
  FULL_PAGE,
  ARRIVALS_DISORDERED,
  WIDTH_CROSSED,
  AGGREGATE,
  AGGREGATE_DAMAGED,
  OUT_OF_RANGE,
  EMPTY_RECORD,
  LARGE_RECORD,
  POSITION_TRIMMED,
  SHARD_VANISHED,
  SLOW_CONSUMER,
  CRASH,
  CRASH_INSIDE_BATCH,
  PUSH_RESET,
  PUSH_SILENT,
  PUSH_TAKEN_OVER,
  PUSH_IN_USE,
  PUSH_DELAYED,
  PUSH_ENDED,
  CONSUMER_GONE;

  /** It costs a reader time; the others are merely odd. */
  boolean delays() {
    return switch (this) {
      case END_WITH_RECORDS,
          LAG_UNKNOWN,
          LAG_ZERO_WITH_RECORDS,
          SHORT_PAGE,
          FULL_PAGE,
          ARRIVALS_DISORDERED,
          WIDTH_CROSSED,
          AGGREGATE,
          AGGREGATE_DAMAGED,
          OUT_OF_RANGE,
          EMPTY_RECORD ->
          false;
      default -> true;
    };
  }
}
