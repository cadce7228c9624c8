package dev.millrace.decode.envelope;

import static dev.millrace.decode.envelope.Packing.concat;
import static dev.millrace.decode.envelope.Packing.framedSnappy;
import static dev.millrace.decode.envelope.Packing.pack;
import static dev.millrace.decode.envelope.Packing.rawSnappy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import dev.millrace.table.Compression;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class DecompressionTest {
  private static final int LIMIT = 1 << 20;
  private static final byte[] TEXT =
      utf8("{\"a\":1,\"text\":\"" + "some text, again and again. ".repeat(3_000) + "\"}");

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Opens data with foreign bytes around it. */
  private static @Nullable String open(Decompression decompression, byte[] data) {
    byte[] shared = new byte[data.length + 9];
    Arrays.fill(shared, (byte) 0x1F);
    System.arraycopy(data, 0, shared, 4, data.length);
    return decompression.open(shared, 4, data.length, LIMIT);
  }

  private static byte[] view(Decompression decompression) {
    int from = decompression.offset();
    return Arrays.copyOfRange(decompression.buffer(), from, from + decompression.length());
  }

  private static byte[] opened(Compression compression, byte[] data) {
    Decompression decompression = new Decompression(compression);
    assertThat(open(decompression, data)).isNull();
    return view(decompression);
  }

  private static String problem(Compression compression, byte[] data) {
    Decompression decompression = new Decompression(compression);
    String problem = open(decompression, data);
    assertThat(view(decompression)).isEqualTo(data);
    return problem == null ? "none" : problem;
  }

  @ParameterizedTest
  @EnumSource
  void whatWasPacked_isOpened_alsoByItsFirstBytes(Compression compression) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Decompression stated = new Decompression(compression);
    Decompression told = new Decompression(Compression.AUTOMATIC);
    for (int i = 0; i < 300; i++) {
      byte[] data = new byte[random.nextInt(random.nextInt(10) == 0 ? 300_000 : 2_000)];
      byte[] some = new byte[1 + random.nextInt(40)];
      random.nextBytes(some);
      for (int at = 0; at < data.length; at++) {
        data[at] = random.nextInt(50) == 0 ? (byte) random.nextInt() : some[at % some.length];
      }
      data = concat(utf8("{"), data);
      byte[] packed = pack(compression, data);
      assertThat(open(stated, packed)).as("seed %d", seed).isNull();
      assertThat(view(stated)).as("seed %d", seed).isEqualTo(data);
      assertThat(open(told, packed)).as("seed %d", seed).isNull();
      assertThat(view(told)).as("seed %d", seed).isEqualTo(data);
    }
  }

  @Test
  void snappy_isReadRawAndFramed() {
    for (byte[] data : new byte[][] {{}, utf8("a"), TEXT, new byte[200_000]}) {
      assertThat(opened(Compression.SNAPPY, rawSnappy(data))).isEqualTo(data);
      assertThat(opened(Compression.SNAPPY, framedSnappy(data))).isEqualTo(data);
    }
    byte[] noise = new byte[100_000];
    new Random(1).nextBytes(noise);
    assertThat(opened(Compression.SNAPPY, rawSnappy(noise))).isEqualTo(noise);
    assertThat(opened(Compression.SNAPPY, framedSnappy(noise))).isEqualTo(noise);
  }

  @Test
  void streamsOneAfterTheOther_areJoined() {
    byte[] two = concat(TEXT, utf8("tail"));
    for (Compression compression :
        new Compression[] {Compression.GZIP, Compression.ZSTD, Compression.SNAPPY}) {
      byte[] packed = concat(pack(compression, TEXT), pack(compression, utf8("tail")));
      assertThat(opened(compression, packed)).isEqualTo(two);
    }
    assertThat(problem(Compression.ZLIB, concat(pack(Compression.ZLIB, TEXT), new byte[1])))
        .startsWith("the zlib data ends at byte ");
  }

  @Test
  void zstdFrameWithoutItsSize_isRead() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZstdOutputStream out = new ZstdOutputStream(bytes)) {
      out.write(TEXT, 0, 10);
      out.flush();
      out.write(TEXT, 10, TEXT.length - 10);
    }
    assertThat(opened(Compression.ZSTD, bytes.toByteArray())).isEqualTo(TEXT);
    byte[] skippable = {0x50, 0x2A, 0x4D, 0x18, 2, 0, 0, 0, 9, 9};
    assertThat(opened(Compression.AUTOMATIC, concat(skippable, bytes.toByteArray())))
        .isEqualTo(TEXT);
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"UNCOMPRESSED", "AUTOMATIC"})
  void truncatedAnywhere_isAProblem(Compression compression) {
    byte[] whole = pack(compression, utf8("a message with some bytes, some bytes in each part"));
    Decompression decompression = new Decompression(compression);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      String failure = open(decompression, cut);
      // A stream of Snappy frames may end behind its identifier: it is then empty.
      boolean empty = compression == Compression.SNAPPY && length == 10;
      assertEquals(empty, failure == null, length + " bytes: " + failure);
    }
    assertThat(open(decompression, whole)).isNull();
  }

  @Test
  void truncatedRawSnappy_isAProblem() {
    byte[] whole = rawSnappy(TEXT);
    for (int length = 0; length < whole.length; length++) {
      assertThat(problem(Compression.SNAPPY, Arrays.copyOf(whole, length)))
          .startsWith(length == 0 ? "the message is empty" : "the snappy data is corrupt: ");
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "UNCOMPRESSED")
  void damagedAnywhere_isAProblemOrBytes(Compression compression) {
    Decompression decompression = new Decompression(compression);
    for (byte[] whole :
        new byte[][] {
          pack(Compression.GZIP, TEXT),
          pack(Compression.ZLIB, TEXT),
          pack(Compression.ZSTD, TEXT),
          framedSnappy(TEXT),
          rawSnappy(TEXT)
        }) {
      for (int i = 0; i < whole.length; i++) {
        for (int flip : new int[] {1, 0x10, 0x80, 0xFF}) {
          byte[] damaged = whole.clone();
          damaged[i] ^= (byte) flip;
          if (open(decompression, damaged) == null) {
            assertThat(decompression.length()).isLessThanOrEqualTo(LIMIT);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"UNCOMPRESSED", "AUTOMATIC"})
  void bomb_isAProblemThatSaysHowMuchIsAllowed(Compression compression) {
    byte[] justRight = pack(compression, new byte[LIMIT]);
    byte[] bomb = pack(compression, new byte[LIMIT + 1]);
    String expected =
        "the message is larger than %d bytes when decompressed, which is all that is allowed; it is %d bytes of %s"
            .formatted(LIMIT, bomb.length, compression.name().toLowerCase(java.util.Locale.ROOT));
    for (Compression given : new Compression[] {compression, Compression.AUTOMATIC}) {
      assertThat(opened(given, justRight)).hasSize(LIMIT);
      assertThat(problem(given, bomb)).isEqualTo(expected);
      byte[] large = pack(compression, new byte[50 * LIMIT]);
      assertThat(problem(given, large)).startsWith("the message is larger than ");
    }
  }

  @Test
  void declaredSizes_takeNoMemory() {
    Decompression decompression = new Decompression(Compression.SNAPPY);
    byte[] lie = {(byte) 0xF0, (byte) 0xFF, 0x3F, 0, 'a'};
    assertThat(open(decompression, lie)).contains("it holds 1 bytes of 1048560");
    assertThat(decompression.made()).isLessThan(10);
    byte[] frame = Zstd.compress(new byte[1_000]);
    frame[5] = (byte) 0xFF;
    frame[6] = 0x0F;
    assertThat(open(new Decompression(Compression.ZSTD), frame)).startsWith("the zstd data is ");
  }

  @Test
  void textThatBeginsLikeZlib_isNotCompressed() {
    for (String text : new String[] {"x^2", "x\u0001", "8O,1,2", "hC", "x"}) {
      assertThat(opened(Compression.AUTOMATIC, utf8(text))).isEqualTo(utf8(text));
    }
    assertThat(opened(Compression.AUTOMATIC, new byte[0])).isEmpty();
  }

  @Test
  void otherData_isNotWhatWasStated() {
    byte[] json = utf8("{\"a\":1}");
    assertThat(problem(Compression.GZIP, json)).isEqualTo("the message is not gzip");
    assertThat(problem(Compression.ZLIB, json)).isEqualTo("the message is not zlib");
    assertThat(problem(Compression.ZSTD, json)).isEqualTo("the message is not zstd");
    assertThat(problem(Compression.SNAPPY, json)).startsWith("the snappy data is corrupt: ");
    assertThat(problem(Compression.ZSTD, new byte[0]))
        .isEqualTo("the message is empty; expected zstd");
  }

  @Test
  void unknownSnappyChunks_areRefusedOrPassedOverAsTheFormatSays() {
    byte[] framed = framedSnappy(TEXT);
    byte[] passed = {(byte) 0xFE, 3, 0, 0, 1, 2, 3};
    byte[] refused = {0x02, 1, 0, 0, 1};
    assertThat(opened(Compression.SNAPPY, concat(framed, passed))).isEqualTo(TEXT);
    assertThat(problem(Compression.SNAPPY, concat(framed, refused)))
        .isEqualTo(
            "the snappy data is corrupt in the chunk at byte %d: the chunk's type 2 is not known"
                .formatted(framed.length));
  }

  /** The end of the data can come when the array is just full, or be all there is. */
  @ParameterizedTest
  @EnumSource
  void messageOfAnArraysSizeOrNone_isWhole(Compression compression) {
    for (int size : new int[] {0, 8_191, 8_192, 8_193, 16_384, 32_768, 65_536}) {
      byte[] data = new byte[size];
      assertThat(opened(compression, pack(compression, data))).as("%d", size).isEqualTo(data);
      assertThat(opened(Compression.AUTOMATIC, pack(compression, data)))
          .as("%d", size)
          .isEqualTo(data);
    }
  }

  @Test
  void zstdBlocksThatClaimTooMuch_costNoMoreThanBlocksCanHold() {
    byte[] data = Base64.getDecoder().decode("KLUv/SAq3QAAiGFhKWEAAWH////cYWFhYWFhBBAAGQcbbWkD");
    Decompression decompression = new Decompression(Compression.ZSTD);
    assertThat(decompression.open(data, 0, data.length, 64 << 20)).contains("corrupt");
  }
}
