package dev.millrace.read;

import java.time.Duration;

/**
 * How a fetch behaves.
 *
 * @param callsInFlight the most GetRecords calls at once, over all shards
 * @param bufferBytes the memory its answers may hold before calls stop, at least one answer of 10
 *     MiB; what a call in flight brings beyond what its shard's last answer led to expect comes on
 *     top
 * @param onLoss what a loss during a scan does
 * @param arrivalSlack how far arrival times may be out of order within a shard
 * @param settle how long after the snapshot an empty answer proves that nothing is missing
 * @param patience how long a shard may only throttle or fail before the scan gives up
 * @param firstRecords what the first call of a scan asks for, 1 to 10,000: a full answer costs five
 *     seconds of the shard's bytes, which whoever only wants to know how much there is, or a few
 *     rows, need not spend
 * @param mostRecords what a later call asks for at most, 1 to 10,000
 * @param mostAnswers after how many answers with records a scan is cut short, with an entry in the
 *     ledger
 * @param callSpacing how long after one GetRecords call of a scan its next one is made at the
 *     earliest, whatever the shard's budget would allow
 * @param tipSpacing the same after a call that came to the shard's tip
 * @param metrics hears what reading costs and brings
 */
public record FetchOptions(
    int callsInFlight,
    long bufferBytes,
    OnLoss onLoss,
    Duration arrivalSlack,
    Duration settle,
    Duration patience,
    int firstRecords,
    int mostRecords,
    long mostAnswers,
    Duration callSpacing,
    Duration tipSpacing,
    ReadMetrics metrics) {

  /** The service's own limit of one answer. */
  public static final long MAX_ANSWER_BYTES = 10L << 20;

  /** The service's own limit of records in an answer. */
  public static final int MAX_RECORDS = 10_000;

  private static final long LEAST_RESERVED = 1L << 20;

  /** What a loss during a scan does; the ledger has it either way. */
  public enum OnLoss {
    FAIL,
    CONTINUE
  }

  public FetchOptions {
    if (callsInFlight < 1) {
      throw new IllegalArgumentException("callsInFlight is " + callsInFlight + "; at least 1");
    }
    if (bufferBytes < MAX_ANSWER_BYTES) {
      throw new IllegalArgumentException(
          "bufferBytes is " + bufferBytes + "; at least one answer, " + MAX_ANSWER_BYTES);
    }
    checkRecords("firstRecords", firstRecords);
    checkRecords("mostRecords", mostRecords);
    if (mostAnswers < 1) {
      throw new IllegalArgumentException("mostAnswers is " + mostAnswers + "; at least 1");
    }
  }

  private static void checkRecords(String name, int records) {
    if (records < 1 || records > MAX_RECORDS) {
      throw new IllegalArgumentException(name + " is " + records + "; 1 to " + MAX_RECORDS);
    }
  }

  /** Nothing is known of a shard: an equal part, so that all the calls in flight fit. */
  long firstReserve() {
    return Math.min(MAX_ANSWER_BYTES, Math.max(LEAST_RESERVED, bufferBytes / callsInFlight));
  }

  public static FetchOptions defaults() {
    return new FetchOptions(
        32,
        192L << 20,
        OnLoss.FAIL,
        Duration.ofSeconds(10),
        Duration.ofSeconds(1),
        Duration.ofMinutes(2),
        1_000,
        MAX_RECORDS,
        Long.MAX_VALUE,
        Duration.ZERO,
        Duration.ZERO,
        ReadMetrics.none());
  }

  public FetchOptions withCallsInFlight(int value) {
    return new FetchOptions(
        value,
        bufferBytes,
        onLoss,
        arrivalSlack,
        settle,
        patience,
        firstRecords,
        mostRecords,
        mostAnswers,
        callSpacing,
        tipSpacing,
        metrics);
  }

  public FetchOptions withBufferBytes(long value) {
    return new FetchOptions(
        callsInFlight,
        value,
        onLoss,
        arrivalSlack,
        settle,
        patience,
        firstRecords,
        mostRecords,
        mostAnswers,
        callSpacing,
        tipSpacing,
        metrics);
  }

  public FetchOptions withOnLoss(OnLoss value) {
    return new FetchOptions(
        callsInFlight,
        bufferBytes,
        value,
        arrivalSlack,
        settle,
        patience,
        firstRecords,
        mostRecords,
        mostAnswers,
        callSpacing,
        tipSpacing,
        metrics);
  }

  public FetchOptions withArrivalSlack(Duration value) {
    return new FetchOptions(
        callsInFlight,
        bufferBytes,
        onLoss,
        value,
        settle,
        patience,
        firstRecords,
        mostRecords,
        mostAnswers,
        callSpacing,
        tipSpacing,
        metrics);
  }

  public FetchOptions withPatience(Duration value) {
    return new FetchOptions(
        callsInFlight,
        bufferBytes,
        onLoss,
        arrivalSlack,
        settle,
        value,
        firstRecords,
        mostRecords,
        mostAnswers,
        callSpacing,
        tipSpacing,
        metrics);
  }

  public FetchOptions withFirstRecords(int value) {
    return new FetchOptions(
        callsInFlight,
        bufferBytes,
        onLoss,
        arrivalSlack,
        settle,
        patience,
        value,
        mostRecords,
        mostAnswers,
        callSpacing,
        tipSpacing,
        metrics);
  }

  public FetchOptions withMostRecords(int value) {
    return new FetchOptions(
        callsInFlight,
        bufferBytes,
        onLoss,
        arrivalSlack,
        settle,
        patience,
        firstRecords,
        value,
        mostAnswers,
        callSpacing,
        tipSpacing,
        metrics);
  }

  public FetchOptions withMostAnswers(long value) {
    return new FetchOptions(
        callsInFlight,
        bufferBytes,
        onLoss,
        arrivalSlack,
        settle,
        patience,
        firstRecords,
        mostRecords,
        value,
        callSpacing,
        tipSpacing,
        metrics);
  }

  /**
   * How long after one GetRecords call the next is made at the earliest: always, and at the tip.
   */
  public FetchOptions withSpacing(Duration always, Duration atTip) {
    return new FetchOptions(
        callsInFlight,
        bufferBytes,
        onLoss,
        arrivalSlack,
        settle,
        patience,
        firstRecords,
        mostRecords,
        mostAnswers,
        always,
        atTip,
        metrics);
  }

  public FetchOptions withMetrics(ReadMetrics value) {
    return new FetchOptions(
        callsInFlight,
        bufferBytes,
        onLoss,
        arrivalSlack,
        settle,
        patience,
        firstRecords,
        mostRecords,
        mostAnswers,
        callSpacing,
        tipSpacing,
        value);
  }
}
