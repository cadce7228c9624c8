package dev.millrace.emulator.limits;

/**
 * The allowances of one shard, per second.
 *
 * @param pushBytes what each of its registered consumers is pushed
 */
public record ShardRates(
    MeterShape shape,
    long readCalls,
    long readBytes,
    long iteratorCalls,
    long writeBytes,
    long writeRecords,
    long pushBytes) {}
