package dev.millrace.simulation;

import dev.millrace.stream.UserRecord;
import java.util.List;

/**
 * A record as the service keeps it.
 *
 * @param visibleAt from when reads see it
 * @param arrival its arrival time, at most a second before and some seconds after it is visible
 * @param damaged it looks like an aggregate and is none
 * @param parts the user records in it
 */
record Stored(UserRecord record, long visibleAt, long arrival, boolean damaged, List<Part> parts) {}
