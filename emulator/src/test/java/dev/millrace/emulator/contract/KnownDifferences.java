package dev.millrace.emulator.contract;

/**
 * Behaviours of the service that {@code kinesis-local} is known not to have. The contract asserts
 * each of them of our emulator, and asserts of kinesis-local that it does not hold: the day it
 * does, the test fails and the entry goes.
 */
enum KnownDifferences {
  HASH_RANGES_DIVIDE_THE_SPACE(
      "kinesis-local divides 2^128-1, not 2^128: borders of 2, 4, 8 … shards are off by one"),
  AT_TRIM_HORIZON_LISTS_SHARDS_OPEN_THEN(
      "kinesis-local answers the filter AT_TRIM_HORIZON with every shard, born later or not"),
  FOREIGN_SEQUENCE_NUMBER_IS_INVALID_ARGUMENT(
      "kinesis-local answers a sequence number of another stream with ResourceNotFoundException"),
  PUT_RECORDS_REFUSES_501("kinesis-local accepts more than 500 records in one PutRecords"),
  BAD_ITERATOR_IS_INVALID_ARGUMENT("kinesis-local answers a garbled iterator with a 500"),
  SUBSCRIPTION_ENDS_WITH_ITS_SHARD("kinesis-local never ends the subscription to a closed shard"),
  SUBSCRIPTION_TO_A_MISSING_SHARD_IS_REFUSED(
      "kinesis-local never answers a subscription to a shard that is not there"),
  LIST_OF_CONSUMERS_GOES_ON("kinesis-local begins every page of consumers with the first"),
  DEREGISTERING_ENDS_A_SUBSCRIPTION(
      "kinesis-local goes on pushing to a consumer that is deregistered");

  private final String reason;

  KnownDifferences(String reason) {
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
