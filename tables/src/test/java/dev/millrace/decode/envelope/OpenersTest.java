package dev.millrace.decode.envelope;

import static dev.millrace.decode.envelope.Opened.open;
import static dev.millrace.decode.envelope.Packing.concat;
import static dev.millrace.decode.envelope.Packing.pack;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.table.Compression;
import dev.millrace.table.Envelope;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OpenersTest {
  private static final Envelope BASE64 = new Envelope.Base64();
  private static final Envelope GZIP = new Envelope.Compressed(Compression.GZIP);
  private static final Envelope GLUE = new Envelope.GlueHeader();
  private static final Envelope LINES = new Envelope.Lines();
  private static final Envelope JSON_LINES = new Envelope.JsonLines();
  private static final UUID VERSION = UUID.fromString("01234567-89ab-cdef-0123-456789abcdef");

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] glue(int compression, byte[] data) {
    byte[] header =
        ByteBuffer.allocate(18)
            .put((byte) 3)
            .put((byte) compression)
            .putLong(VERSION.getMostSignificantBits())
            .putLong(VERSION.getLeastSignificantBits())
            .array();
    return concat(header, data);
  }

  @Test
  void base64_isReadInBothAlphabets_paddedOrNot() {
    Random random = new Random(7);
    for (int length = 0; length < 200; length++) {
      byte[] data = new byte[length];
      random.nextBytes(data);
      String expected = new String(data, StandardCharsets.ISO_8859_1);
      for (Base64.Encoder encoder :
          List.of(
              Base64.getEncoder(),
              Base64.getUrlEncoder(),
              Base64.getEncoder().withoutPadding(),
              Base64.getUrlEncoder().withoutPadding())) {
        String text = encoder.encodeToString(data);
        assertThat(open(text, BASE64)).containsExactly(expected);
        assertThat(open(" \r\n" + text + "\t\n", BASE64)).containsExactly(expected);
      }
    }
  }

  @Test
  void brokenBase64_saysWhere() {
    assertThat(open(" YWJ*YWJj", BASE64))
        .containsExactly("!the base64 is broken at byte 4: 0x2A is no letter of it");
    assertThat(open("YW\nJj", BASE64))
        .containsExactly("!the base64 is broken at byte 2: 0x0A is no letter of it");
    assertThat(open("YWJjY", BASE64))
        .containsExactly("!the base64 is truncated: one letter is left over");
    assertThat(open("YWJj=", BASE64))
        .containsExactly("!the base64 is padded wrongly: 4 letters and 1 of '='");
    assertThat(open("YQ===", BASE64)).singleElement().asString().startsWith("!the base64");
    assertThat(open("é===", BASE64)).singleElement().asString().startsWith("!the base64");
    assertThat(open("", BASE64)).containsExactly("");
    assertThat(open("====", BASE64)).singleElement().asString().startsWith("!");
  }

  @Test
  void glueHeader_namesTheSchemaVersion() {
    for (byte[] data :
        List.of(glue(0, utf8("abc")), glue(5, pack(Compression.ZLIB, utf8("abc"))))) {
      Opened opened = new Opened(GLUE).record(data);
      assertThat(opened.all()).containsExactly("abc");
      assertThat(opened.context().schemaVersion()).isEqualTo(VERSION);
    }
    assertThat(open(glue(0, new byte[0]), GLUE)).containsExactly("");
  }

  @Test
  void otherHeaders_areDamaged() {
    byte[] whole = glue(0, new byte[0]);
    for (int length = 0; length < whole.length; length++) {
      assertThat(open(Arrays.copyOf(whole, length), GLUE))
          .containsExactly(
              "!the message has %d bytes; the header of Glue Schema Registry alone has 18"
                  .formatted(length));
    }
    assertThat(open("{\"a\":\"no header at all\"}", GLUE))
        .containsExactly(
            "!the message has no header of Glue Schema Registry: its first byte is 0x7B, not 0x03");
    assertThat(open(glue(4, new byte[9]), GLUE))
        .containsExactly(
            "!the header of Glue Schema Registry names compression 4; known: 0 for none, 5 for zlib");
    assertThat(open(glue(5, new byte[0]), GLUE))
        .containsExactly("!the message is empty; expected zlib");
  }

  @Test
  void lines_areMessages_emptyOnesNot() {
    assertThat(open("a\nb\r\n\n\r\n \nc", LINES)).containsExactly("a", "b", " ", "c");
    assertThat(open("a\rb\n", LINES)).containsExactly("a\rb");
    assertThat(open("\n\r\n", LINES)).isEmpty();
    assertThat(open("", LINES)).isEmpty();
  }

  @Test
  void jsonValues_areMessages_withAnythingBetweenThem() {
    assertThat(open("\uFEFF{\"a\":1}\n{\"a\":2}{\"a\":3} [4]\r\n\"x\" 5 ", JSON_LINES))
        .containsExactly("{\"a\":1}", "{\"a\":2}", "{\"a\":3}", "[4]", "\"x\"", "5");
    assertThat(open(" \n", JSON_LINES)).containsExactly("!the message is empty; expected JSON");
  }

  @Test
  void brokenJsonLine_takesNoOtherWithIt() {
    assertThat(open("{\"a\":1}\n{\"a\":\n{\"a\":3}\n{\"a\":4}", JSON_LINES))
        .containsExactly(
            "{\"a\":1}",
            "!the JSON is broken at byte 22: expected ',' or '}', found '{'",
            "{\"a\":3}",
            "{\"a\":4}");
    assertThat(open("oops\n{\"a\":2}", JSON_LINES)).hasSize(2).contains("{\"a\":2}");
    assertThat(open("{\"a\":1}\n[{\"a\":2},\n{\"a\":3},\n!", JSON_LINES)).hasSize(2);
    assertThat(open("{\"a\":1}{\"a\":", JSON_LINES)).hasSize(2);
  }

  @Test
  void hostileJsonLines_endSoon() {
    String nested = "{\"a\":[\n".repeat(20_000);
    assertThat(open(nested, JSON_LINES)).allMatch(text -> text.startsWith("!"));
  }

  @Test
  void stacks_areOpenedFromTheOutsideIn() {
    byte[] inner = pack(Compression.GZIP, utf8("{\"a\":1}{\"a\":2}"));
    byte[] text = Base64.getEncoder().encode(inner);
    assertThat(open(pack(Compression.GZIP, text), GZIP, BASE64, GZIP, JSON_LINES))
        .containsExactly("{\"a\":1}", "{\"a\":2}");
    Opened glue = new Opened(GZIP, GLUE).record(pack(Compression.GZIP, glue(0, utf8("abc"))));
    assertThat(glue.all()).containsExactly("abc");
    assertThat(glue.context().schemaVersion()).isEqualTo(VERSION);
    assertThat(open("YWJj\nYW*j\n\nZGVm\n", LINES, BASE64))
        .containsExactly("abc", "!the base64 is broken at byte 2: 0x2A is no letter of it", "def");
  }

  @Test
  void oneBomb_costsItsNeighboursNothing_twoEndTheRecord() {
    String bomb =
        Base64.getEncoder()
            .encodeToString(pack(Compression.GZIP, new byte[(int) Opened.LIMIT + 1]));
    String good = Base64.getEncoder().encodeToString(pack(Compression.GZIP, utf8("good")));
    List<String> one = open(bomb + "\n" + good, LINES, BASE64, GZIP);
    assertThat(one).hasSize(2).contains("good");
    assertThat(one.get(0)).startsWith("!the message is larger than ");
    assertThat(open(String.join("\n", bomb, bomb, bomb, good), LINES, BASE64, GZIP))
        .hasSize(4)
        .doesNotContain("good");
    assertThat(open(good + "\n", LINES, BASE64, GZIP)).containsExactly("good");
  }

  @Test
  void whatAnEnvelopeMakesOfOneRecord_isCountedTogether() {
    String half = Base64.getEncoder().encodeToString(new byte[(int) Opened.LIMIT * 2 / 3]);
    List<String> two = open(half + "\n" + half, LINES, BASE64);
    assertThat(two.get(0)).hasSize((int) Opened.LIMIT * 2 / 3);
    assertThat(two.get(1))
        .isEqualTo(
            "!the record is larger than 1048576 bytes when its envelopes are opened, which is all"
                + " that is allowed");
  }

  @Test
  void randomStacks_openToWhatWasPutIn() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      List<Envelope> outsideIn = new ArrayList<>();
      byte[] text = new byte[random.nextInt(400)];
      random.nextBytes(text);
      byte[] data = text;
      for (int depth = random.nextInt(5); depth > 0; depth--) {
        Compression[] codecs = Compression.values();
        Compression codec = codecs[random.nextInt(codecs.length)];
        switch (random.nextInt(4)) {
          case 0 -> {
            data = glue(0, data);
            outsideIn.add(0, GLUE);
          }
          case 1 -> {
            data = Base64.getUrlEncoder().encode(data);
            outsideIn.add(0, BASE64);
          }
          case 2 -> {
            String escaped = Base64.getEncoder().encodeToString(data).replace("/", "\\/");
            data = utf8("{\"x\":[1],\"data\":\"" + escaped + "\"}");
            outsideIn.add(0, BASE64);
            outsideIn.add(0, new Envelope.JsonWrapper(Optional.empty(), Optional.of("data")));
          }
          default -> {
            // Bytes at random could look compressed.
            if (codec != Compression.AUTOMATIC) {
              data = pack(codec, data);
              outsideIn.add(0, new Envelope.Compressed(codec));
            }
          }
        }
      }
      assertThat(open(data, outsideIn.toArray(new Envelope[0])))
          .as("seed %d: %s", seed, outsideIn)
          .containsExactly(new String(text, StandardCharsets.ISO_8859_1));
    }
  }
}
