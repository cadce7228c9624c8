package dev.millrace.cli.output;

/** Who reads what is written. */
public enum Screen {
  /** A terminal, which obeys control characters: those of a record must not reach it. */
  TERMINAL,
  /** A file or a program, which gets what the record holds. */
  NONE
}
