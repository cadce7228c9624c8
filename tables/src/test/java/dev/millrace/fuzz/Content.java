package dev.millrace.fuzz;

/** What messages of a format are to the envelopes around them. */
enum Content {
  BYTES,
  TEXT,
  JSON
}
