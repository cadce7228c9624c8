package dev.millrace.connector.option;

import dev.millrace.table.Start;
import java.util.Optional;

/**
 * What a session says of how its queries read.
 *
 * @param start where scans start; none means where the definition says, else 24 hours back
 */
public record SessionOptions(Optional<Start> start) {
  public static final SessionOptions DEFAULT = new SessionOptions(Optional.empty());
}
