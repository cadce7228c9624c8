package dev.millrace.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.read.ChildShard;
import dev.millrace.read.RecordsAnswer;
import dev.millrace.read.ShardIterator;
import dev.millrace.stream.HashKeyRange;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.UserRecord;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class RecordsWalkTest {
  private static final ShardId SHARD = new ShardId("shardId-000000000007");
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final byte[] DATA = {1, 2, 3};

  private static CborBytes cbor() {
    return new CborBytes();
  }

  private static RecordsAnswer read(byte[] body) throws CborException {
    return RecordsWalk.read(new RecordsBody(body, body.length), SHARD, NOW);
  }

  private static UserRecord only(CborBytes record) throws CborException {
    byte[] body = cbor().map(1).text("Records").array(1).raw(ints(record.toBytes())).toBytes();
    List<UserRecord> records = read(body).records();
    assertThat(records).hasSize(1);
    return records.get(0);
  }

  private static int[] ints(byte[] bytes) {
    int[] ints = new int[bytes.length];
    Arrays.setAll(ints, i -> bytes[i]);
    return ints;
  }

  private static void assertRefused(CborBytes body, String reason) {
    assertThatThrownBy(() -> read(body.toBytes()))
        .isInstanceOf(CborException.class)
        .hasMessageContaining(reason);
  }

  /** Every field there is, two of them in their rarer shapes. */
  private static byte[] fullAnswer() {
    return cbor()
        .openMap()
        .text("Records")
        .array(3)
        .record("4961", 1_700_000_000_123L, "key", DATA)
        .record("4962", 1_700_000_000_124L, "key", new byte[0])
        .openMap()
        .text("EncryptionType")
        .text("KMS")
        .text("Data")
        .bytesInChunks(DATA, DATA)
        .textInChunks("Partition", "Key")
        .text("schlüssel")
        .text("ApproximateArrivalTimestamp")
        .number(1_700_000_000_125.0)
        .text("SequenceNumber")
        .textInChunks("49", "63")
        .end()
        .text("NextShardIterator")
        .text("AAAA")
        .text("MillisBehindLatest")
        .number(5_000)
        .text("ChildShards")
        .openArray()
        .map(3)
        .text("ShardId")
        .text("shardId-8")
        .text("ParentShards")
        .array(2)
        .text("shardId-1")
        .text("shardId-7")
        .text("HashKeyRange")
        .map(2)
        .text("StartingHashKey")
        .text("0")
        .text("EndingHashKey")
        .text("340282366920938463463374607431768211455")
        .end()
        .text("Later")
        .array(2)
        .map(1)
        .number(1)
        .nothing()
        .number(1.5)
        .end()
        .toBytes();
  }

  @Test
  void answer_isReadWithEverythingItHas() throws CborException {
    byte[] body = fullAnswer();
    RecordsAnswer answer = read(body);
    assertThat(answer.bytes()).isEqualTo(9);
    assertThat(answer.next()).contains(new ShardIterator("AAAA"));
    assertThat(answer.millisBehind()).hasValue(5_000);
    assertThat(answer.serviceTime()).isEqualTo(NOW);
    assertThat(answer.children())
        .containsExactly(
            new ChildShard(
                new ShardId("shardId-8"),
                List.of(new ShardId("shardId-1"), new ShardId("shardId-7")),
                Optional.of(
                    new HashKeyRange(
                        BigInteger.ZERO, BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE)))));
    List<UserRecord> records = answer.records();
    assertThat(records).extracting(UserRecord::shard).containsOnly(SHARD);
    assertThat(records)
        .extracting(UserRecord::sequence)
        .containsExactly(
            new SequenceNumber("4961"), new SequenceNumber("4962"), new SequenceNumber("4963"));
    assertThat(records)
        .extracting(UserRecord::arrivalMillis)
        .containsExactly(1_700_000_000_123L, 1_700_000_000_124L, 1_700_000_000_125L);
    assertThat(records)
        .extracting(UserRecord::partitionKey)
        .containsExactly("key", "key", "schlüssel");
    assertThat(records)
        .extracting(UserRecord::copyData)
        .containsExactly(DATA, new byte[0], new byte[] {1, 2, 3, 1, 2, 3});
  }

  @Test
  void records_shareTheBody_andKeysThatAreTheSame() throws CborException {
    byte[] body = fullAnswer();
    List<UserRecord> records = read(body).records();
    assertThat(records.get(0).buffer()).isSameAs(body);
    assertThat(records.get(1).buffer()).isSameAs(body);
    assertThat(records.get(1).partitionKey()).isSameAs(records.get(0).partitionKey());
  }

  @Test
  void nulls_areWhatIsNotThere() throws CborException {
    byte[] nulls =
        cbor()
            .map(4)
            .text("Records")
            .nothing()
            .text("NextShardIterator")
            .nothing()
            .text("MillisBehindLatest")
            .raw(0xF7)
            .text("ChildShards")
            .nothing()
            .toBytes();
    RecordsAnswer nothing =
        new RecordsAnswer(List.of(), 0, Optional.empty(), OptionalLong.empty(), List.of(), NOW);
    assertThat(read(nulls)).isEqualTo(nothing);
    assertThat(read(cbor().map(0).toBytes())).isEqualTo(nothing);
    assertThat(read(cbor().openMap().end().toBytes())).isEqualTo(nothing);
    assertThat(
            only(cbor()
                    .map(4)
                    .text("SequenceNumber")
                    .text("1")
                    .text("ApproximateArrivalTimestamp")
                    .number(5)
                    .text("Data")
                    .bytes(DATA)
                    .text("PartitionKey")
                    .nothing())
                .partitionKey())
        .isNull();
  }

  @Test
  void data_asText_isBase64() throws CborException {
    assertThat(only(withDataAsText("AQID")).copyData()).isEqualTo(DATA);
    assertThat(only(withDataAsText("")).copyData()).isEmpty();
    assertThatThrownBy(() -> only(withDataAsText("A*"))).hasMessageContaining("not base64");
  }

  private static CborBytes withDataAsText(String text) {
    return cbor()
        .map(3)
        .text("SequenceNumber")
        .text("1")
        .text("ApproximateArrivalTimestamp")
        .number(5)
        .text("Data")
        .text(text);
  }

  @Test
  void whatIsNoAnswer_isRefused() {
    assertRefused(cbor(), "it ends");
    assertRefused(cbor().array(0), "something else than a map");
    assertRefused(cbor().map(1).number(1).number(1), "something else than a text");
    assertRefused(cbor().map(1).text("Records").map(0), "something else than an array");
    assertRefused(cbor().map(1).text("Records").array(1).nothing(), "something else than a map");
    assertRefused(cbor().map(1).text("Records").array(1).map(0), "a record without");
    assertRefused(
        cbor().map(1).text("Records").array(1).record("01", 1, "k", DATA), "a sequence number");
    assertRefused(
        cbor().map(1).text("Records").array(1).record("", 1, "k", DATA), "a sequence number");
    assertRefused(cbor().map(1).text("ChildShards").array(1).map(0), "without an id");
    assertRefused(
        cbor().map(1).text("ChildShards").array(1).map(1).text("ShardId").text(""),
        "without an id");
    CborBytes child = cbor().map(1).text("ChildShards").array(1).map(1);
    assertRefused(child.text("HashKeyRange").map(0), "a range of hash keys");
    assertRefused(
        cbor()
            .map(1)
            .text("ChildShards")
            .array(1)
            .map(1)
            .text("HashKeyRange")
            .map(1)
            .text("EndingHashKey")
            .text("12a"),
        "a hash key that is no number");
    assertRefused(cbor().map(0).raw(0), "more than one value");
  }

  @Test
  void declaredCounts_reserveNothing() {
    // 16 million records in a body of 16 MB would be 64 MB of list, were the count believed.
    byte[] body =
        Arrays.copyOf(cbor().map(1).text("Records").array(16_000_000).toBytes(), 16 << 20);
    assertThatThrownBy(() -> read(body)).isInstanceOf(CborException.class);
  }

  @Test
  void truncations_areAllRefused() {
    byte[] body = fullAnswer();
    for (int size = 0; size < body.length; size++) {
      byte[] cut = Arrays.copyOf(body, size);
      assertThatThrownBy(() -> read(cut)).as("%d bytes", size).isInstanceOf(CborException.class);
      // The rest of the buffer is not part of the body.
      RecordsBody shorter = new RecordsBody(body, size);
      assertThatThrownBy(() -> RecordsWalk.read(shorter, SHARD, NOW))
          .isInstanceOf(CborException.class);
    }
  }

  @Test
  void mutations_giveAnAnswerOrARefusal() {
    long seed = System.nanoTime();
    System.out.println("RecordsWalkTest.mutations seed " + seed);
    Random random = new Random(seed);
    byte[] body = fullAnswer();
    int refused = 0;
    int rounds = 200_000;
    for (int i = 0; i < rounds; i++) {
      if (isRefused(mutate(body, random))) {
        refused++;
      }
    }
    // Both happen, or the mutations do not mean anything.
    assertThat(refused).isBetween(rounds / 10, rounds - rounds / 10);
  }

  private static byte[] mutate(byte[] body, Random random) {
    byte[] mutated = body.clone();
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      int at = random.nextInt(mutated.length);
      switch (random.nextInt(4)) {
        case 0 -> mutated[at] = (byte) random.nextInt(256);
        case 1 -> mutated[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> mutated[at] = (byte) (0xFF - 0x20 * random.nextInt(8));
        default -> mutated = without(mutated, at, random.nextInt(4));
      }
    }
    return mutated;
  }

  private static byte[] without(byte[] body, int at, int count) {
    int removed = Math.min(count, body.length - at);
    byte[] shorter = Arrays.copyOf(body, body.length - removed);
    System.arraycopy(body, at + removed, shorter, at, shorter.length - at);
    return shorter.length == 0 ? body : shorter;
  }

  private static boolean isRefused(byte[] body) {
    try {
      RecordsAnswer answer = read(body);
      // What was not refused can be used: no view points outside its buffer.
      for (UserRecord record : answer.records()) {
        assertThat(record.copyData()).hasSize(record.length());
      }
      return false;
    } catch (CborException e) {
      return true;
    }
  }

  @Test
  void partitionKey_thatIsNotUtf8_isReadWithReplacements() throws CborException {
    UserRecord record =
        only(
            cbor()
                .map(4)
                .text("SequenceNumber")
                .text("1")
                .text("ApproximateArrivalTimestamp")
                .number(5)
                .text("Data")
                .bytes(DATA)
                .text("PartitionKey")
                .raw(0x62, 'a', 0xFF));
    assertThat(record.partitionKey())
        .isEqualTo(new String(new byte[] {'a', (byte) 0xFF}, StandardCharsets.UTF_8));
  }
}
