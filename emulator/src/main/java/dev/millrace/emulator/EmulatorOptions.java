package dev.millrace.emulator;

/**
 * How an emulator runs.
 *
 * @param host the address to listen on; loopback unless told otherwise
 * @param port 0 lets the system pick one
 * @param tls whether it speaks HTTP or HTTPS, each in version 1.1 and 2
 * @param limits the service's rates per shard
 * @param fanOut the times of enhanced fan-out
 * @param clock what time it is
 * @param seed decides faults by rate, sequence numbers and request ids
 * @param maxMemoryBytes how many bytes of records are held, in memory outside the heap; a put
 *     beyond it is refused
 * @param accountId the account in ARNs and messages
 * @param region the region in ARNs
 */
public record EmulatorOptions(
    String host,
    int port,
    Tls tls,
    Limits limits,
    FanOut fanOut,
    EmulatorClock clock,
    long seed,
    long maxMemoryBytes,
    String accountId,
    String region) {

  public EmulatorOptions {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("A port is from 0 to 65535, not " + port);
    }
    if (maxMemoryBytes <= 0) {
      throw new IllegalArgumentException("maxMemoryBytes must be positive: " + maxMemoryBytes);
    }
  }

  /** Loopback, a port of the system's choice, no limits, half of the maximum heap for records. */
  public static EmulatorOptions defaults() {
    return new EmulatorOptions(
        "127.0.0.1",
        0,
        Tls.OFF,
        Limits.none(),
        FanOut.defaults(),
        EmulatorClock.system(),
        0,
        Runtime.getRuntime().maxMemory() / 2,
        "000000000000",
        "us-east-1");
  }

  public EmulatorOptions withHost(String newHost) {
    return new EmulatorOptions(
        newHost, port, tls, limits, fanOut, clock, seed, maxMemoryBytes, accountId, region);
  }

  public EmulatorOptions withPort(int newPort) {
    return new EmulatorOptions(
        host, newPort, tls, limits, fanOut, clock, seed, maxMemoryBytes, accountId, region);
  }

  /** HTTPS, with a certificate made at the start. */
  public EmulatorOptions withTls() {
    return new EmulatorOptions(
        host,
        port,
        Tls.SELF_SIGNED,
        limits,
        fanOut,
        clock,
        seed,
        maxMemoryBytes,
        accountId,
        region);
  }

  public EmulatorOptions withLimits(Limits newLimits) {
    return new EmulatorOptions(
        host, port, tls, newLimits, fanOut, clock, seed, maxMemoryBytes, accountId, region);
  }

  public EmulatorOptions withFanOut(FanOut newFanOut) {
    return new EmulatorOptions(
        host, port, tls, limits, newFanOut, clock, seed, maxMemoryBytes, accountId, region);
  }

  public EmulatorOptions withClock(EmulatorClock newClock) {
    return new EmulatorOptions(
        host, port, tls, limits, fanOut, newClock, seed, maxMemoryBytes, accountId, region);
  }

  public EmulatorOptions withSeed(long newSeed) {
    return new EmulatorOptions(
        host, port, tls, limits, fanOut, clock, newSeed, maxMemoryBytes, accountId, region);
  }

  public EmulatorOptions withMaxMemoryBytes(long bytes) {
    return new EmulatorOptions(
        host, port, tls, limits, fanOut, clock, seed, bytes, accountId, region);
  }

  public EmulatorOptions withAccountId(String newAccountId) {
    return new EmulatorOptions(
        host, port, tls, limits, fanOut, clock, seed, maxMemoryBytes, newAccountId, region);
  }

  public EmulatorOptions withRegion(String newRegion) {
    return new EmulatorOptions(
        host, port, tls, limits, fanOut, clock, seed, maxMemoryBytes, accountId, newRegion);
  }
}
