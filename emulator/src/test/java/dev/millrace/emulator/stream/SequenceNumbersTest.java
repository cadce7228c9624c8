package dev.millrace.emulator.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.emulator.limits.MeterShape;
import dev.millrace.emulator.limits.ShardRates;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SequenceNumbersTest {

  @Test
  void next_isWhatOfSays_alsoWhereADigitIsAdded() {
    SequenceNumbers numbers = new SequenceNumbers(new BigInteger("999900"));

    for (int ordinal = 0; ordinal < 100; ordinal++) {
      String next = new String(numbers.next(), StandardCharsets.US_ASCII);
      assertThat(next).isEqualTo(numbers.of(ordinal).toString());
    }
    assertThat(numbers.of(0).toString()).hasSize(7);
  }

  @Test
  void positions_areFoundFromNumbersBetweenRecords() {
    SequenceNumbers numbers = new SequenceNumbers(BigInteger.TEN.pow(55));
    BigInteger third = numbers.of(2);

    assertThat(numbers.firstAtOrAfter(third)).isEqualTo(2);
    assertThat(numbers.firstAfter(third)).isEqualTo(3);
    assertThat(numbers.firstAtOrAfter(third.add(BigInteger.ONE))).isEqualTo(3);
    assertThat(numbers.firstAfter(third.subtract(BigInteger.ONE))).isEqualTo(2);
    assertThat(numbers.firstAtOrAfter(numbers.start())).isZero();
    assertThat(numbers.firstAfter(BigInteger.ZERO)).isZero();
  }

  @Test
  void realisticStarts_have56DigitsAndGrow_evenIfTheClockIsSetBack() {
    StartNumbers starts = new StartNumbers.Realistic(7);
    long now = Instant.parse("2026-11-01T00:00:00Z").toEpochMilli();

    BigInteger first = starts.next(now, BigInteger.ONE.negate());
    BigInteger second = starts.next(now, BigInteger.ONE.negate());
    BigInteger third = starts.next(now - 100_000, BigInteger.ONE.negate());

    assertThat(first.toString()).hasSize(56);
    assertThat(List.of(first, second, third)).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void shards_growADigitWhereATestAsksForIt() {
    StreamStore store =
        new StreamStore(
            InstantSource.fixed(Instant.EPOCH),
            new MemoryBudget(1 << 20),
            new ShardRates(MeterShape.UNLIMITED, 5, 5, 5, 5, 5, 5),
            new StartNumbers.Realistic(0));
    store.createIfAbsent("narrow", 1, 1024, new StartNumbers.From(new BigInteger("999990000")));
    KinesisStream stream = store.find("narrow").orElseThrow();
    NewRecord record = new NewRecord(new byte[] {'k'}, new byte[] {1}, 0, 1);
    List<BigInteger> given = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      assertThat(store.tryReserve(ShardLog.reservation(record))).isTrue();
      given.add(
          new BigInteger(stream.append(record, BigInteger.ZERO, 0).orElseThrow().sequenceNumber()));
    }

    assertThat(given).isSorted();
    assertThat(given.get(0).toString()).hasSize(10);
    Page page = stream.read(stream.shards().get(0), 0, 10, 100);
    assertThat(page.toList())
        .extracting(stored -> new BigInteger(stored.sequenceNumber()))
        .isEqualTo(given);
  }
}
