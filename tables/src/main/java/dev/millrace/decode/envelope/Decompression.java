package dev.millrace.decode.envelope;

import dev.millrace.table.Compression;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses messages: what it gives is a view of the data, where that is not compressed, or of a
 * buffer that the next message reuses. One thread at a time.
 */
public final class Decompression {
  private final Compression compression;
  private final Output output = new Output();
  private final Map<Compression, Codec> codecs = new EnumMap<>(Compression.class);
  private byte[] buffer = new byte[0];
  private int offset;
  private int length;

  public Decompression(Compression compression) {
    this.compression = compression;
  }

  /**
   * Brings what the data hold into view.
   *
   * @param limit the bytes at most that they may become
   * @return null, or what is wrong; in view are then the data as they came
   */
  public @Nullable String open(byte[] bytes, int from, int count, int limit) {
    output.begin(limit);
    view(bytes, from, count);
    Codec codec =
        compression == Compression.AUTOMATIC ? told(bytes, from, count) : codec(compression);
    if (codec == null) {
      return null;
    }
    String failure = codec.decompress(bytes, from, count, output);
    if (failure == null) {
      view(output.array(), 0, output.length());
      return null;
    }
    output.drop();
    if (failure.equals(Codec.TOO_LARGE)) {
      return tooLarge(codec, count, limit);
    } else if (compression == Compression.AUTOMATIC && codec instanceof ZlibCodec) {
      // Two bytes tell little: it was text, or anything else, that begins like that.
      return null;
    }
    return failure;
  }

  /** A small message can hold gigabytes of zeros. */
  private static String tooLarge(Codec codec, int count, int limit) {
    return "the message is larger than "
        + limit
        + " bytes when decompressed, which is all that is allowed; it is "
        + count
        + " bytes of "
        + codec.name();
  }

  private void view(byte[] bytes, int from, int count) {
    buffer = bytes;
    offset = from;
    length = count;
  }

  private @Nullable Codec told(byte[] bytes, int from, int count) {
    if (GzipCodec.isGzip(bytes, from, count)) {
      return codec(Compression.GZIP);
    } else if (ZstdCodec.isZstd(bytes, from, count)) {
      return codec(Compression.ZSTD);
    } else if (SnappyCodec.isFramed(bytes, from, count)) {
      return codec(Compression.SNAPPY);
    }
    return ZlibCodec.looksLikeZlib(bytes, from, count) ? codec(Compression.ZLIB) : null;
  }

  private @Nullable Codec codec(Compression kind) {
    return kind == Compression.UNCOMPRESSED
        ? null
        : codecs.computeIfAbsent(kind, Decompression::newCodec);
  }

  private static Codec newCodec(Compression kind) {
    return switch (kind) {
      case GZIP -> new GzipCodec();
      case ZLIB -> new ZlibCodec();
      case ZSTD -> new ZstdCodec();
      case SNAPPY -> new SnappyCodec();
      case UNCOMPRESSED, AUTOMATIC -> throw new IllegalArgumentException(kind.name());
    };
  }

  public byte[] buffer() {
    return buffer;
  }

  public int offset() {
    return offset;
  }

  public int length() {
    return length;
  }

  /** Bytes that the last message was decompressed to, whether or not they are of use. */
  int made() {
    return output.length();
  }
}
