package dev.millrace.fuzz;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdOutputStream;
import dev.millrace.table.Compression;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.xerial.snappy.Snappy;
import org.xerial.snappy.SnappyFramedOutputStream;

/**
 * Compresses with the JDK's and the libraries' own writers. What is costly to begin is kept, since
 * most messages are short.
 */
final class Compressors {
  private static final int OFTEN = 16;
  private static final byte[] GZIP_HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0};
  private static final ThreadLocal<Deflater> ZLIB = ThreadLocal.withInitial(() -> new Deflater(1));
  private static final ThreadLocal<Deflater> RAW =
      ThreadLocal.withInitial(() -> new Deflater(1, true));
  private static final ThreadLocal<ZstdCompressCtx> ZSTD =
      ThreadLocal.withInitial(() -> new ZstdCompressCtx().setLevel(1));

  private Compressors() {}

  static byte[] compress(Compression compression, byte[] data, Dice dice) {
    boolean stream = dice.oneIn(OFTEN);
    return switch (compression) {
      case SNAPPY -> dice.coin() ? snappyBlock(data) : many(compression, data, 1);
      case ZSTD -> stream ? many(compression, data, 1) : ZSTD.get().compress(data);
      case AUTOMATIC ->
          compress(dice.any(Compression.GZIP, Compression.ZLIB, Compression.ZSTD), data, dice);
      case GZIP ->
          // Two members are one text.
          dice.oneIn(8)
              ? Mutations.join(gzip(data), many(compression, new byte[0], 1))
              : stream ? many(compression, data, 1) : gzip(data);
      default -> many(compression, data, 1);
    };
  }

  private static byte[] gzip(byte[] data) {
    CRC32 checksum = new CRC32();
    checksum.update(data);
    byte[] trailer =
        ByteBuffer.allocate(8)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt((int) checksum.getValue())
            .putInt(data.length)
            .array();
    return Mutations.join(GZIP_HEADER, deflated(data, RAW.get()), trailer);
  }

  private static byte[] deflated(byte[] data, Deflater deflater) {
    deflater.reset();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new DeflaterOutputStream(bytes, deflater)) {
      out.write(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Data that no one can read who was not given the dictionary. */
  static byte[] withDictionary(byte[] data) {
    Deflater deflater = new Deflater();
    deflater.setDictionary(new byte[] {'a', 'b'});
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new DeflaterOutputStream(bytes, deflater)) {
      out.write(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      deflater.end();
    }
    return bytes.toByteArray();
  }

  private static byte[] snappyBlock(byte[] data) {
    try {
      return Snappy.compress(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** So many copies of data, which are never in memory all at once. */
  static byte[] many(Compression compression, byte[] data, int copies) {
    if (compression == Compression.ZLIB && copies == 1) {
      return deflated(data, ZLIB.get());
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = stream(compression, bytes)) {
      for (int i = 0; i < copies; i++) {
        out.write(data);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static OutputStream stream(Compression compression, OutputStream out) throws IOException {
    return switch (compression) {
      case GZIP, AUTOMATIC -> new GZIPOutputStream(out);
      case ZLIB -> new DeflaterOutputStream(out, new Deflater(1));
      case ZSTD -> new ZstdOutputStream(out, 1);
      case SNAPPY -> new SnappyFramedOutputStream(out);
      case UNCOMPRESSED -> out;
    };
  }
}
