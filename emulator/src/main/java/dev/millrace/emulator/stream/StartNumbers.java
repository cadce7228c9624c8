package dev.millrace.emulator.stream;

import java.math.BigInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Where the sequence numbers of new shards start. */
public sealed interface StartNumbers {

  /** The start for a shard born at {@code nowMillis}, above {@code parentsEnd}. */
  BigInteger next(long nowMillis, BigInteger parentsEnd);

  /** Numbers as wide as the service's: 56 digits, increasing from shard to shard. */
  final class Realistic implements StartNumbers {
    private static final BigInteger VERSION =
        BigInteger.valueOf(49).multiply(BigInteger.TEN.pow(54));
    private static final BigInteger MILLIS = BigInteger.TEN.pow(41);
    private static final BigInteger SERIAL = BigInteger.TEN.pow(34);

    private final AtomicLong lastMillis = new AtomicLong();
    private final AtomicLong serial = new AtomicLong();
    private final BigInteger tail;

    /** Two emulators with different seeds give different numbers at one instant. */
    public Realistic(long seed) {
      tail = new BigInteger(Long.toUnsignedString(seed * 0x9E3779B97F4A7C15L)).shiftLeft(40);
    }

    @Override
    public BigInteger next(long nowMillis, BigInteger parentsEnd) {
      // A clock that is set back must not make a child's numbers smaller than its parent's.
      long millis = lastMillis.accumulateAndGet(nowMillis, Math::max);
      return VERSION
          .add(MILLIS.multiply(BigInteger.valueOf(millis)))
          .add(SERIAL.multiply(BigInteger.valueOf(serial.getAndIncrement())))
          .add(tail)
          .max(parentsEnd.add(BigInteger.ONE));
    }
  }

  /** Numbers a test asks for: every shard without parents starts at {@code first}. */
  record From(BigInteger first) implements StartNumbers {
    @Override
    public BigInteger next(long nowMillis, BigInteger parentsEnd) {
      return first.max(parentsEnd.add(BigInteger.ONE));
    }
  }
}
