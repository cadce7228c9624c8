package dev.millrace.pinot.offset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.stream.Position;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.ShardId;
import java.time.Instant;
import java.util.Map;
import org.apache.pinot.spi.utils.JsonUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KinesisOffsetTest {
  private static final ShardId SHARD = new ShardId("shardId-000000000001");
  private static final SequenceNumber FIRST = number("49661727849364340003271470470906778998");
  private static final SequenceNumber NEXT = number("49661727849364340003271470470906779000");
  private static final SequenceNumber LONGER = number("149661727849364340003271470470906778998");
  private static final Instant TIME = Instant.parse("2026-11-29T12:00:00.123Z");

  private static SequenceNumber number(String digits) {
    return new SequenceNumber(digits);
  }

  private static KinesisOffset after(SequenceNumber sequence) {
    return KinesisOffset.of(SHARD, sequence);
  }

  private static KinesisOffset inside(SequenceNumber sequence, long subsequence) {
    return KinesisOffset.inside(SHARD, sequence, subsequence, after(FIRST));
  }

  private static KinesisOffset atTime(Instant time) {
    return KinesisOffset.at(SHARD, time, FIRST);
  }

  /** What Pinot's own plugin takes from a stored text. */
  private static String numberInPinotsOwnPlugin(KinesisOffset offset) throws Exception {
    JsonNode stored = JsonUtils.stringToJsonNode(offset.toString());
    assertThat(stored.properties()).hasSize(1);
    Map.Entry<String, JsonNode> entry = stored.properties().iterator().next();
    assertThat(entry.getKey()).isEqualTo(SHARD.value());
    return entry.getValue().asText();
  }

  @Test
  void wholeRecord_hasTheTextOfPinotsOwnPlugin() {
    String stored = "{\"shardId-000000000001\":\"49661727849364340003271470470906778998\"}";
    assertThat(after(FIRST)).hasToString(stored);
    assertThat(KinesisOffset.parse(stored)).isEqualTo(after(FIRST));
  }

  @Test
  void everyPlace_comesBackFromItsText() {
    for (KinesisOffset offset :
        new KinesisOffset[] {
          after(FIRST),
          inside(NEXT, 7),
          KinesisOffset.inside(SHARD, NEXT, 0, atTime(TIME)),
          KinesisOffset.inside(SHARD, NEXT, 0, KinesisOffset.tip(SHARD)),
          atTime(TIME),
          KinesisOffset.tip(SHARD),
          after(NEXT).ended(),
          inside(NEXT, 7).ended(),
          KinesisOffset.insideRecord(SHARD, NEXT, 7, 3, after(FIRST)),
          atTime(TIME).ended(),
          KinesisOffset.parse("{\"a\":\"@2026-11-29T12:00:00Z\"}"),
          KinesisOffset.of(new ShardId("a \"shard\""), LONGER)
        }) {
      assertThat(KinesisOffset.parse(offset.toString())).isEqualTo(offset);
    }
  }

  @Test
  void insideAnAggregate_pinotsOwnPluginGoesOnBeforeTheAggregate() throws Exception {
    assertThat(numberInPinotsOwnPlugin(inside(NEXT, 7))).isEqualTo(FIRST.digits());
  }

  @Test
  void startByTime_pinotsOwnPluginStartsWithTheShard() throws Exception {
    assertThat(numberInPinotsOwnPlugin(atTime(TIME))).isEqualTo(FIRST.digits());
    assertThat(numberInPinotsOwnPlugin(atTime(TIME).ended())).isEqualTo(FIRST.digits());
  }

  @Test
  void endOfAShard_isNoOtherPlace() throws Exception {
    assertThat(numberInPinotsOwnPlugin(after(NEXT).ended())).isEqualTo(NEXT.digits());
    assertThat(after(NEXT).ended()).isEqualByComparingTo(after(NEXT));
    assertThat(after(NEXT).ended().isEnded()).isTrue();
    assertThat(after(NEXT).isEnded()).isFalse();
    assertThat(after(NEXT).ended().ended()).isEqualTo(after(NEXT).ended());
    assertThat(after(NEXT).ended().position(FIRST)).isEqualTo(Position.after(NEXT));
    assertThat(atTime(TIME).ended()).isEqualByComparingTo(atTime(TIME));
    assertThat(atTime(TIME).ended().position(FIRST)).isEqualTo(Position.at(TIME));
  }

  @Test
  void insideAUserRecord_itComesAgain() {
    KinesisOffset second = KinesisOffset.insideRecord(SHARD, NEXT, 2, 1, after(FIRST));
    assertThat(second.position(FIRST)).isEqualTo(Position.after(NEXT, 1));
    assertThat(second.messageInside()).hasValue(1);
    assertThat(inside(NEXT, 1)).isLessThan(second);
    assertThat(second).isLessThan(KinesisOffset.insideRecord(SHARD, NEXT, 2, 2, after(FIRST)));
    assertThat(second).isLessThan(inside(NEXT, 2));
    assertThat(KinesisOffset.insideRecord(SHARD, NEXT, 0, 1, after(FIRST)).position(FIRST))
        .isEqualTo(Position.at(NEXT));
    assertThat(inside(NEXT, 2).messageInside()).isEmpty();
  }

  @Test
  void deeperInTheSameAggregate_theRecordBeforeStaysTheSame() {
    KinesisOffset third = KinesisOffset.inside(SHARD, NEXT, 2, inside(NEXT, 1));
    assertThat(third).isEqualTo(inside(NEXT, 2));
  }

  @Test
  void offsets_areOrderedAsNumbers() {
    assertThat(after(FIRST)).isLessThan(after(LONGER));
    assertThat(after(FIRST)).isLessThan(inside(NEXT, 0));
    assertThat(inside(NEXT, 9)).isLessThan(inside(NEXT, 10));
    assertThat(inside(NEXT, 10)).isLessThan(after(NEXT));
    assertThat(atTime(TIME)).isLessThan(after(FIRST));
    assertThat(atTime(TIME)).isLessThan(atTime(TIME.plusMillis(1)));
    assertThat(after(LONGER)).isLessThan(KinesisOffset.tip(SHARD));
    assertThat(after(FIRST)).isEqualByComparingTo(after(FIRST));
  }

  @Test
  void startingSequenceNumber_isInclusiveAndEveryOtherExclusive() {
    assertThat(after(FIRST).position(FIRST)).isEqualTo(Position.at(FIRST));
    assertThat(after(NEXT).position(FIRST)).isEqualTo(Position.after(NEXT));
    assertThat(inside(FIRST, 3).position(FIRST)).isEqualTo(Position.after(FIRST, 3));
    assertThat(atTime(TIME).position(FIRST)).isEqualTo(Position.at(TIME));
    assertThat(KinesisOffset.tip(SHARD).position(FIRST)).isEqualTo(Position.latest());
  }

  @Test
  void nullNumberOfPinotsOwnPlugin_isTheTip() {
    KinesisOffset offset = KinesisOffset.parse("{\"shardId-000000000001\":null}");
    assertThat(offset).isEqualTo(KinesisOffset.tip(SHARD));
    assertThat(KinesisOffset.parse("{\"shardId-000000000001\":\"null\"}")).isEqualTo(offset);
    assertThat(offset.toString()).isEqualTo("{\"shardId-000000000001\":null}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "12345",
        "{}",
        "[]",
        "{\"a\":\"1\"",
        "{\"a\":\"1\"}{}",
        "{\"a\":\"1\",\"b\":\"2\"}",
        "{\"a\":\"1\",\"a\":\"2\"}",
        "{\"a\":\"1:2\",\"a\":\"1\",\"a\":\"1\"}",
        "{\"a\":\"1:\"}",
        "{\"a\":\"1:-2\"}",
        "{\"a\":\"@yesterday\"}",
        "{\"a\":\"0x17\"}",
        "{\"a\":{\"b\":\"1\"}}",
        "{\"\":\"1\"}"
      })
  void anotherText_isRefusedWithItAndWhatIsAllowed(String text) {
    assertThatThrownBy(() -> new KinesisOffsetFactory().create(text))
        .hasMessageContaining("'" + text + "'")
        .hasMessageContaining("allowed: {\"SHARD\":\"SEQUENCE\"}");
  }
}
