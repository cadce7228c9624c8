package dev.millrace.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.stream.HashKeyRange;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.UserRecord;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AggregateTest {
  /**
   * Made by the aggregation library for Node: ("a", "hi"), ("b" with hash key 5, ""), ("a", 300
   * zero bytes).
   */
  private static final byte[] OF_ANOTHER_HAND =
      Base64.getDecoder()
          .decode(
              "84mawgoBYQoBYhIBNRoGCAAaAmhpGgYIARAAGgAasQIIABqsAg"
                  + "A".repeat(400)
                  + "oxqF8ty1N6etIHbXWF4qI=");

  private static UserRecord record(byte[] data) {
    return new UserRecord(
        new ShardId("shardId-000000000000"),
        new SequenceNumber("100"),
        0,
        1_000,
        "outer",
        data,
        0,
        data.length);
  }

  private static Aggregate parse(byte[] data) throws Exception {
    return Aggregate.parse(record(data), MessageDigest.getInstance("MD5"));
  }

  private static String text(UserRecord record) {
    return new String(record.copyData(), StandardCharsets.UTF_8);
  }

  @Test
  void aggregateOfAnotherHand_isTakenApart() throws Exception {
    Aggregate aggregate = parse(OF_ANOTHER_HAND);

    assertThat(aggregate.size()).isEqualTo(3);
    assertThat(text(aggregate.get(0, null))).isEqualTo("hi");
    assertThat(aggregate.get(1, null).partitionKey()).isEqualTo("b");
    assertThat(aggregate.get(1, null).length()).isZero();
    assertThat(aggregate.get(2, null).copyData()).isEqualTo(new byte[300]);
    assertThat(aggregate.get(2, null).subsequence()).isEqualTo(2);
    assertThat(aggregate.get(2, null).sequence()).isEqualTo(new SequenceNumber("100"));
    assertThat(aggregate.get(2, null).arrivalMillis()).isEqualTo(1_000);
  }

  @Test
  void aggregateInsideALargerBuffer_isTakenApartThere() throws Exception {
    byte[] data = new KplAggregate().add("k", "one").add("k", "two").toBytes();
    byte[] page = new byte[data.length + 20];
    Arrays.fill(page, (byte) 0xF3);
    System.arraycopy(data, 0, page, 7, data.length);
    UserRecord inside =
        new UserRecord(new ShardId("s"), new SequenceNumber("1"), 0, 0, null, page, 7, data.length);

    Aggregate aggregate = Aggregate.parse(inside, MessageDigest.getInstance("MD5"));

    assertThat(List.of(text(aggregate.get(0, null)), text(aggregate.get(1, null))))
        .containsExactly("one", "two");
    assertThat(aggregate.get(0, null).buffer()).isSameAs(page);
  }

  @Test
  void unknownFieldsAndTags_arePassedOver() throws Exception {
    byte[] withTag = {
      0x08,
      0x00,
      0x22,
      0x03,
      0x0A,
      0x01,
      't',
      0x1A,
      0x01,
      'x',
      0x31,
      1,
      2,
      3,
      4,
      5,
      6,
      7,
      8,
      0x3D,
      1,
      2,
      3,
      4,
      0x48,
      (byte) 0x96,
      0x01
    };
    byte[] data = new KplAggregate().add("k", "first").addRaw(withTag).toBytes();

    assertThat(text(parse(data).get(1, null))).isEqualTo("x");
  }

  @Test
  void damagedOnes_sayWhatIsWrong() {
    byte[] whole = new KplAggregate().add("k", "data").toBytes();
    byte[] otherMd5 = whole.clone();
    otherMd5[whole.length - 1]++;
    assertDamaged(otherMd5, "its MD5 does not match");
    assertDamaged(Arrays.copyOf(whole, whole.length - 3), "its MD5 does not match");
    assertDamaged(Arrays.copyOf(whole, 12), "it is too short for one");
    assertDamaged(KplAggregate.wrap(new byte[0]), "it holds no user record");
    assertDamaged(
        new KplAggregate().add("k", "x").addRaw(new byte[] {0x08, 0x00}).toBytes(),
        "user record 1 has no partition key or no data");
    assertDamaged(
        new KplAggregate().add("k", "x").addRaw(new byte[] {0x08, 0x05, 0x1A, 0x00}).toBytes(),
        "user record 1 names a key that is not there");
    assertDamaged(
        KplAggregate.wrap(new byte[] {0x1A, 0x7F, 0x08}), "it ends in the middle of a field");
    assertDamaged(KplAggregate.wrap(new byte[] {0x0B, 0x0C}), "it has a field of an unknown kind");
    byte[] endless = new byte[12];
    Arrays.fill(endless, (byte) 0xFF);
    assertDamaged(KplAggregate.wrap(endless), "it has a number that does not end");
  }

  private static void assertDamaged(byte[] data, String what) {
    assertThat(Aggregate.isLikely(record(data))).isTrue();
    assertThatThrownBy(() -> parse(data)).isInstanceOf(Aggregate.Damaged.class).hasMessage(what);
  }

  @Test
  void otherBytes_areNotTakenForOne() {
    assertThat(Aggregate.isLikely(record(new byte[0]))).isFalse();
    assertThat(Aggregate.isLikely(record("{\"a\":1}".getBytes(StandardCharsets.UTF_8)))).isFalse();
  }

  @Test
  void anyMessageWithAMatchingMd5_isTakenApartOrDamaged_seed20261122() throws Exception {
    Random random = new Random(20261122);
    byte[] sample =
        new KplAggregate()
            .add("k", "data")
            .add("other", "7", new byte[] {1, 2, 3})
            .add("k", "more")
            .message();
    for (int i = 0; i < 20_000; i++) {
      byte[] message = Arrays.copyOf(sample, random.nextInt(sample.length + 5));
      for (int change = random.nextInt(4); change > 0 && message.length > 0; change--) {
        message[random.nextInt(message.length)] = (byte) random.nextInt();
      }
      byte[] data = KplAggregate.wrap(message);
      try {
        Aggregate aggregate = parse(data);
        IntStream.range(0, aggregate.size()).forEach(n -> aggregate.get(n, null).copyData());
      } catch (Aggregate.Damaged e) {
        assertThat(e).hasMessageNotContaining("null");
      }
    }
  }

  @Test
  void hashKeysOutsideTheShard_areFlagged() throws Exception {
    BigInteger half = BigInteger.ONE.shiftLeft(127);
    BigInteger end = BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);
    MessageDigest md5 = MessageDigest.getInstance("MD5");
    HashKeyCheck upper = new HashKeyCheck(new HashKeyRange(half, end), md5);
    // MD5("a") = 0cc1…, MD5("b") = 92eb….
    Aggregate aggregate =
        parse(
            new KplAggregate()
                .add("a", "low")
                .add("b", "high")
                .add("a", end.toString(), "explicit".getBytes(StandardCharsets.UTF_8))
                .add("b", "0", new byte[0])
                .add("b", "no number", new byte[0])
                .toBytes());

    assertThat(IntStream.range(0, 5).mapToObj(i -> aggregate.get(i, upper).outOfRange()))
        .containsExactly(true, false, false, true, true);
    assertThat(aggregate.get(0, null).outOfRange()).isFalse();
  }
}
