package dev.millrace.fuzz;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import dev.millrace.table.Compression;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.xerial.snappy.Snappy;
import org.xerial.snappy.SnappyFramedOutputStream;

/** Compresses with the JDK's and the libraries' own writers. */
final class Compressors {
  private Compressors() {}

  static byte[] compress(Compression compression, byte[] data, Dice dice) {
    return switch (compression) {
      case SNAPPY -> dice.coin() ? snappyBlock(data) : many(compression, data, 1);
      case ZSTD -> dice.coin() ? Zstd.compress(data, dice.any(1, 3)) : many(compression, data, 1);
      case AUTOMATIC ->
          compress(dice.any(Compression.GZIP, Compression.ZLIB, Compression.ZSTD), data, dice);
      case GZIP ->
          // Two members are one text.
          dice.oneIn(8)
              ? Mutations.join(many(compression, data, 1), many(compression, new byte[0], 1))
              : many(compression, data, 1);
      default -> many(compression, data, 1);
    };
  }

  /** Data that no one can read who was not given the dictionary. */
  static byte[] withDictionary(byte[] data) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Deflater deflater = new Deflater();
    deflater.setDictionary(new byte[] {'a', 'b'});
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
