package dev.millrace.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CborCursorTest {

  private static CborBytes cbor() {
    return new CborBytes();
  }

  private static long number(CborBytes bytes) throws CborException {
    return bytes.cursor().number();
  }

  private static String text(CborBytes bytes) throws CborException {
    CborCursor in = bytes.cursor();
    in.findText();
    return in.string(StandardCharsets.UTF_8);
  }

  private static void assertRefused(CborBytes bytes, String reason) {
    assertThatThrownBy(() -> bytes.cursor().skip())
        .isInstanceOf(CborException.class)
        .hasMessageContaining(reason);
  }

  /** Whether a walk over all values ends right behind the last one. */
  private static boolean isPassedOver(CborBytes bytes) throws CborException {
    CborCursor in = bytes.number(77).cursor();
    in.skip();
    return in.number() == 77;
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        23,
        24,
        255,
        256,
        65_535,
        65_536,
        4_294_967_295L,
        4_294_967_296L,
        Long.MAX_VALUE,
        -1,
        -24,
        -25,
        -256,
        -257,
        -65_537,
        -4_294_967_297L,
        Long.MIN_VALUE
      })
  void integers_ofAllWidths(long value) throws CborException {
    assertThat(number(cbor().number(value))).isEqualTo(value);
    assertThat(isPassedOver(cbor().number(value))).isTrue();
  }

  @Test
  void integers_widerThanNeeded_orTagged_areTheSame() throws CborException {
    assertThat(number(cbor().raw(0x1B, 0, 0, 0, 0, 0, 0, 0, 7))).isEqualTo(7);
    assertThat(number(cbor().tag(1).number(7))).isEqualTo(7);
    assertThat(number(cbor().tag(55_799).tag(1).number(-7))).isEqualTo(-7);
  }

  @Test
  void floats_areCutToIntegers() throws CborException {
    assertThat(number(cbor().number(1_700_000_000_123.9))).isEqualTo(1_700_000_000_123L);
    assertThat(number(cbor().number(-2.5f))).isEqualTo(-2);
    assertThat(number(cbor().raw(0xF9, 0x7B, 0xFF))).isEqualTo(65_504);
    assertThat(number(cbor().raw(0xF9, 0xC5, 0x00))).isEqualTo(-5);
    assertThat(number(cbor().raw(0xF9, 0x00, 0x01))).isZero();
  }

  @Test
  void numbers_thatHaveNoValue_areRefused() {
    List<CborBytes> refused =
        List.of(
            cbor().number(Double.NaN),
            cbor().number(Float.POSITIVE_INFINITY),
            cbor().raw(0xF9, 0x7C, 0x00),
            cbor().raw(0x1B, 0xFF, 0, 0, 0, 0, 0, 0, 0),
            cbor().raw(0x3B, 0xFF, 0, 0, 0, 0, 0, 0, 0),
            cbor().raw(0x1F),
            cbor().raw(0xF5),
            cbor().text("7"));
    assertThat(refused)
        .allSatisfy(
            bytes -> assertThatThrownBy(() -> number(bytes)).isInstanceOf(CborException.class));
  }

  @Test
  void strings_lieInTheBody_andOnlyChunksAreCopied() throws CborException {
    byte[] body = cbor().raw(0, 0).bytes(new byte[300]).toBytes();
    CborCursor in = new CborCursor(body, body.length);
    in.skip();
    in.skip();
    in.findBytes();
    assertThat(in.buffer()).isSameAs(body);
    assertThat(in.offset()).isEqualTo(5);
    assertThat(in.length()).isEqualTo(300);
    assertThat(text(cbor().textInChunks("a", "", "bcd", "é"))).isEqualTo("abcdé");
    assertThat(text(cbor().textInChunks())).isEmpty();
  }

  @Test
  void strings_inManyChunks_areJoinedInOrder() throws CborException {
    String[] chunks = new String[1_000];
    for (int i = 0; i < chunks.length; i++) {
      chunks[i] = Integer.toString(i);
    }
    assertThat(text(cbor().textInChunks(chunks))).isEqualTo(String.join("", chunks));
  }

  @Test
  void containers_ofKnownAndUnknownSize_areTheSame() throws CborException {
    for (CborBytes bytes :
        List.of(
            cbor().array(3).number(1).number(2).number(3),
            cbor().openArray().number(1).number(2).number(3).end())) {
      CborCursor in = bytes.number(77).cursor();
      List<Long> items = new ArrayList<>();
      for (int left = in.openArray(); in.hasMore(left); left--) {
        items.add(in.number());
      }
      assertThat(items).containsExactly(1L, 2L, 3L);
      assertThat(in.number()).isEqualTo(77);
    }
  }

  @Test
  void skip_passesOverOneValueOfEachKind() throws CborException {
    List<CborBytes> values =
        List.of(
            cbor().text("x".repeat(70_000)),
            cbor().bytesInChunks(new byte[3], new byte[300]),
            cbor().openMap().text("a").array(2).nothing().openArray().end().text("b").map(0).end(),
            cbor().tag(2).bytes(new byte[9]),
            cbor().number(1.5),
            cbor().number(1.5f),
            cbor().raw(0xF9, 0, 0),
            cbor().raw(0xF4),
            cbor().raw(0xF7),
            cbor().raw(0xF8, 200));
    for (CborBytes value : values) {
      assertThat(isPassedOver(value)).isTrue();
    }
  }

  @Test
  void nulls_areTakenOnlyWhereTheyAre() throws CborException {
    CborCursor in = cbor().raw(0xF6, 0xF7, 0x07).cursor();
    assertThat(in.takeNull()).isTrue();
    assertThat(in.takeNull()).isTrue();
    assertThat(in.takeNull()).isFalse();
    assertThat(in.number()).isEqualTo(7);
  }

  @Test
  void damage_isRefusedWithItsPlace() {
    assertRefused(cbor(), "after 0 bytes");
    assertRefused(cbor().raw(0x19, 1), "middle of a value");
    assertRefused(cbor().raw(0x5A, 0x7F, 0xFF, 0xFF, 0xFF, 1), "a size beyond the end at byte 1");
    assertRefused(cbor().raw(0x9B, 0x7F, 0, 0, 0, 0, 0, 0, 0), "a size beyond the end");
    assertRefused(cbor().raw(0xBB, 0xFF, 0, 0, 0, 0, 0, 0, 0), "a size beyond the end");
    assertRefused(cbor().raw(0x7F, 0x41, 1, 0xFF), "a chunk of another kind at byte 1");
    assertRefused(cbor().raw(0x7F, 0x7F, 0xFF, 0xFF), "means nothing");
    assertRefused(cbor().raw(0x1C), "means nothing");
    assertRefused(cbor().raw(0xFC), "means nothing");
    assertRefused(cbor().raw(0xDF, 0), "means nothing");
    assertRefused(cbor().raw(0xFF), "an end of nothing");
    assertRefused(cbor().raw(0x9F, 1), "middle of a value");
    assertRefused(cbor().raw(0xA1, 1), "middle of a value");
  }

  @Test
  void nesting_isLimited() {
    CborBytes arrays = cbor();
    CborBytes tags = cbor();
    for (int i = 0; i < 100_000; i++) {
      arrays.openArray();
      tags.tag(1);
    }
    assertRefused(arrays, "nested");
    assertRefused(tags, "nested");
  }
}
