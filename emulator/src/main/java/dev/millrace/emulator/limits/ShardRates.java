package dev.millrace.emulator.limits;

/** The allowances of one shard, per second. */
public record ShardRates(
    MeterShape shape,
    long readCalls,
    long readBytes,
    long iteratorCalls,
    long writeBytes,
    long writeRecords) {}
