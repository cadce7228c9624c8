package dev.millrace.emulator.stream;

/** Where a record went. */
public record PutResult(String shardId, String sequenceNumber) {}
