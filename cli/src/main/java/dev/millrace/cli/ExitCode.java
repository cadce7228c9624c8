package dev.millrace.cli;

import dev.millrace.stream.ErrorCode;

/** What the process ends with; docs/reference/command-line.md lists it. */
enum ExitCode {
  OK(0, "the command did what it was asked for"),
  INTERNAL(1, "a fault of millrace's own; please report it"),
  USAGE(2, "a wrong option, SQL or table definition"),
  ACCESS(3, "access denied: credentials or permissions"),
  NOT_FOUND(4, "no such stream, shard or position"),
  UNAVAILABLE(5, "throttled, or the service or the network failed"),
  BAD_RECORD(6, "a record could not be decoded under --on-bad fail"),
  STOPPED(130, "stopped by Ctrl-C");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  int number() {
    return number;
  }

  String meaning() {
    return meaning;
  }

  static ExitCode of(ErrorCode error) {
    return switch (error) {
      case USER, DEFINITION -> USAGE;
      case ACCESS -> ACCESS;
      case NOT_FOUND -> NOT_FOUND;
      case EXTERNAL, THROTTLED -> UNAVAILABLE;
      case BAD_RECORD -> BAD_RECORD;
      case INTERNAL -> INTERNAL;
    };
  }
}
