package dev.millrace.emulator.stream;

/** A record as it was stored. */
@SuppressWarnings("ArrayRecordComponent") // A hand-over to a writer; never compared or kept.
public record StoredRecord(
    String sequenceNumber, long arrivalMillis, String partitionKey, byte[] data) {}
