package dev.millrace.connector.split;

import dev.millrace.connector.plan.TimeRange;
import dev.millrace.stream.ShardScan;

/**
 * A part of a split that is read at once.
 *
 * @param exact the arrival times whose rows belong to it
 */
record Slice(ShardScan scan, TimeRange exact) {}
