package dev.millrace.decode.envelope;

import com.github.luben.zstd.Zstd;
import dev.millrace.table.Compression;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.xerial.snappy.Snappy;
import org.xerial.snappy.SnappyFramedOutputStream;

/** Writes what openers read, with other hands than ours. */
final class Packing {
  private Packing() {}

  private interface Stream {
    OutputStream around(OutputStream out) throws IOException;
  }

  static byte[] pack(Compression compression, byte[] data) {
    return switch (compression) {
      case GZIP -> through(GZIPOutputStream::new, data);
      case ZLIB -> through(DeflaterOutputStream::new, data);
      case ZSTD -> Zstd.compress(data);
      case SNAPPY -> framedSnappy(data);
      case UNCOMPRESSED, AUTOMATIC -> data;
    };
  }

  static byte[] framedSnappy(byte[] data) {
    return through(SnappyFramedOutputStream::new, data);
  }

  static byte[] rawSnappy(byte[] data) {
    try {
      return Snappy.compress(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] through(Stream stream, byte[] data) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = stream.around(bytes)) {
      out.write(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }
}
