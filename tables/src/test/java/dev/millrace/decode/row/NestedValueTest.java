package dev.millrace.decode.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.function.ObjIntConsumer;
import org.junit.jupiter.api.Test;

/** The work that the keys of a map are, counted and not timed. */
class NestedValueTest {
  private static final int KEYS = 1 << 16;

  /** Places looked at for each key of a map of so many. */
  private static double probesPerKey(ObjIntConsumer<KeyNode> setKey) {
    NestedValue value = new NestedValue();
    int map = value.reset();
    value.setMap(map);
    for (int i = 0; i < KEYS; i++) {
      setKey.accept(new KeyNode(value, value.addTo(map)), i);
      value.setWhole(value.addTo(map), i);
    }
    value.endMap(map);
    return (double) value.probes() / KEYS;
  }

  private record KeyNode(NestedValue value, int node) {
    void text(String text) {
      byte[] utf8 = text.getBytes(StandardCharsets.ISO_8859_1);
      value.setText(node, utf8, 0, utf8.length);
    }
  }

  @Test
  void keysOfOneStringHash_areAsMuchWorkAsOthers() {
    double others = probesPerKey((key, i) -> key.text("key number " + i));
    double alike =
        probesPerKey(
            (key, i) -> {
              StringBuilder text = new StringBuilder();
              for (int bit = 0; bit < 16; bit++) {
                text.append(((i >> bit) & 1) == 0 ? "Aa" : "BB");
              }
              key.text(text.toString());
            });
    assertThat(others).isLessThan(2);
    assertThat(alike).isLessThan(2);
  }

  @Test
  void keysThatDifferInFewBits_areAsMuchWorkAsOthers() {
    assertThat(probesPerKey((key, i) -> key.text("x".repeat(i % 8) + (char) (i >> 11) + i)))
        .isLessThan(2);
    assertThat(probesPerKey((key, i) -> key.value().setWhole(key.node(), i))).isLessThan(2);
    assertThat(probesPerKey((key, i) -> key.value().setWhole(key.node(), (long) i << 48)))
        .isLessThan(2);
    assertThat(probesPerKey((key, i) -> key.value().setUuid(key.node(), i, -31L * i)))
        .isLessThan(2);
    assertThat(probesPerKey((key, i) -> key.value().setFloating(key.node(), i * 0x1p40)))
        .isLessThan(2);
    // A BigInteger's hash is a sum of its words times powers of 31.
    assertThat(
            probesPerKey(
                (key, i) ->
                    key.value()
                        .setDecimal(
                            key.node(),
                            new BigDecimal(
                                BigInteger.valueOf(i)
                                    .shiftLeft(32)
                                    .add(BigInteger.valueOf(0x7FFF_FFFFL - 31L * i))))))
        .isLessThan(2);
  }
}
