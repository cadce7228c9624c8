package dev.millrace.emulator.contract;

/**
 * Behaviours of the service that {@code kinesis-local} is known not to have. The contract asserts
 * each of them of our emulator, and asserts of kinesis-local that it does not hold: the day it
 * does, the test fails and the entry goes.
 */
enum KnownDifferences {
  HASH_RANGES_TILE_THE_SPACE("kinesis-local's initial hash-key ranges are off by one"),
  PUT_RECORDS_REFUSES_501("kinesis-local accepts more than 500 records in one PutRecords"),
  BAD_ITERATOR_IS_INVALID_ARGUMENT("kinesis-local answers a garbled iterator with a 500");

  private final String reason;

  KnownDifferences(String reason) {
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
