package dev.millrace.pinot.group;

import dev.millrace.table.Start;

/** From where a table is asked to consume, of which Pinot names no group. */
sealed interface Beginning {

  /** A table that is new: from its start, parents before children. */
  record New(Start start) implements Beginning {}

  /** A table that goes on after a pause from the oldest records: every shard is read again. */
  record AgainFromOldest() implements Beginning {}

  /** A table that goes on after a pause from now on, whatever lies between. */
  record AgainFromNow() implements Beginning {}
}
