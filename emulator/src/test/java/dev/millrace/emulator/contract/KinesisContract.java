package dev.millrace.emulator.contract;

/**
 * What a reader may rely on in anything that calls itself Kinesis, in the AWS SDK's own words. Each
 * part holds the tests of one subject; an implementation runs them all.
 */
interface KinesisContract
    extends StreamsContract, RecordsContract, ReadingContract, ShardsContract, FanOutContract {}
