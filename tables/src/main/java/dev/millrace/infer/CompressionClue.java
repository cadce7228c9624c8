package dev.millrace.infer;

import dev.millrace.table.Compression;
import dev.millrace.table.Envelope;
import dev.millrace.table.Envelope.Compressed;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Compression, told by the first bytes and by decompressing. */
final class CompressionClue implements Clue {
  private static final byte[] SNAPPY_FRAME = {(byte) 0xFF, 6, 0, 0, 's', 'N', 'a', 'P', 'p', 'Y'};

  @Override
  public Optional<Envelope> find(Opened opened) {
    Map<Compression, Long> counts = new EnumMap<>(Compression.class);
    for (Message message : opened.messages()) {
      counts.merge(of(message), 1L, Long::sum);
    }
    long plain = counts.getOrDefault(Compression.UNCOMPRESSED, 0L);
    if (plain == opened.messages().size()) {
      return Optional.empty();
    }
    boolean alike = counts.size() == 1;
    return Optional.of(
        new Compressed(alike ? counts.keySet().iterator().next() : Compression.AUTOMATIC));
  }

  static Compression of(Message message) {
    Compression told = told(message.bytes());
    return told == Compression.UNCOMPRESSED || Contents.isWhole(new Compressed(told), message)
        ? told
        : Compression.UNCOMPRESSED;
  }

  private static Compression told(byte[] bytes) {
    if (bytes.length >= 3 && bytes[0] == 0x1F && bytes[1] == (byte) 0x8B && bytes[2] == 8) {
      return Compression.GZIP;
    }
    if (bytes.length >= 4
        && bytes[0] == 0x28
        && bytes[1] == (byte) 0xB5
        && bytes[2] == 0x2F
        && bytes[3] == (byte) 0xFD) {
      return Compression.ZSTD;
    }
    if (bytes.length >= SNAPPY_FRAME.length
        && java.util.Arrays.equals(
            bytes, 0, SNAPPY_FRAME.length, SNAPPY_FRAME, 0, SNAPPY_FRAME.length)) {
      return Compression.SNAPPY;
    }
    return isZlib(bytes) ? Compression.ZLIB : Compression.UNCOMPRESSED;
  }

  private static boolean isZlib(byte[] bytes) {
    return bytes.length >= 6
        && (bytes[0] & 0x0F) == 8
        && (bytes[0] & 0xF0) <= 0x70
        && (((bytes[0] & 0xFF) << 8) | (bytes[1] & 0xFF)) % 31 == 0
        && (bytes[1] & 0x20) == 0;
  }
}
