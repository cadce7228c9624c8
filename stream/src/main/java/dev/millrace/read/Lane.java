package dev.millrace.read;

import dev.millrace.stream.ShardScan;

/** A slice of a scan and how its records come. */
public record Lane(ShardScan scan, Retrieval retrieval) {}
