package dev.millrace.stream;

/** What kind of failure something is. Each engine and the command line map it once. */
public enum ErrorCode {
  /** The request is wrong: SQL, an option, a name. */
  USER,
  /** A table definition is wrong. */
  DEFINITION,
  /** The service refuses: credentials, permissions, keys. */
  ACCESS,
  /** A stream, shard or position that is not there. */
  NOT_FOUND,
  /** The service or the network fails. */
  EXTERNAL,
  /** The service says: later. */
  THROTTLED,
  /** A record could not be decoded, and the user asked for that to fail. */
  BAD_RECORD,
  /** A fault of ours. */
  INTERNAL
}
