package dev.millrace.decode.envelope;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.lang.ref.Cleaner;
import org.jspecify.annotations.Nullable;

/**
 * Zstandard (RFC 8878), one or several frames. A frame is decompressed in one go, straight into the
 * output, so that the window it declares takes no memory of its own.
 */
final class ZstdCodec extends Codec {
  private static final int MAGIC = 0xFD2FB528;
  private static final int SKIPPABLE_MAGIC = 0x184D2A50;
  private static final int SKIPPABLE_MASK = 0xFFFFFFF0;

  /** Most messages do not become larger than so many times what they were. */
  private static final int USUAL_RATIO = 8;

  /** A block of four bytes, the shortest, holds at most 128 KiB. */
  private static final int MOST_RATIO = 32 << 10;

  private static final Cleaner CLEANER = Cleaner.create();

  private @Nullable ZstdDecompressCtx context;

  static boolean isZstd(byte[] bytes, int offset, int length) {
    if (length < 4) {
      return false;
    }
    int magic = LittleEndian.get(bytes, offset);
    return magic == MAGIC || (magic & SKIPPABLE_MASK) == SKIPPABLE_MAGIC;
  }

  @Override
  String name() {
    return "zstd";
  }

  @Override
  @Nullable String decompress(byte[] bytes, int offset, int length, Output output) {
    if (!isZstd(bytes, offset, length)) {
      return length == 0 ? empty() : other();
    }
    try {
      return frames(bytes, offset, length, output);
    } catch (LinkageError e) {
      return "zstd cannot be read here, its native library does not load: " + e.getMessage();
    }
  }

  private @Nullable String frames(byte[] bytes, int offset, int length, Output output) {
    long declared = Zstd.getFrameContentSize(bytes, offset, length);
    if (declared > output.limit()) {
      return TOO_LARGE;
    }
    long likely = Math.min(declared, (long) USUAL_RATIO * length);
    output.require((int) Math.max(1, likely));
    while (true) {
      try {
        int count =
            context()
                .decompressByteArray(
                    output.array(),
                    0,
                    Math.min(output.room(), output.limit()),
                    bytes,
                    offset,
                    length);
        output.advance(count);
        return null;
      } catch (ZstdException e) {
        if (e.getErrorCode() != Zstd.errDstSizeTooSmall()) {
          return failure(e);
        }
        if (output.room() >= (long) MOST_RATIO * length) {
          return corrupt(": its blocks say that they hold more than blocks can");
        }
        if (!output.grow()) {
          // What it cost is counted, though nothing of it is kept.
          output.advance(output.limit());
          return TOO_LARGE;
        }
      }
    }
  }

  private String failure(ZstdException e) {
    return e.getErrorCode() == Zstd.errSrcSizeWrong()
        ? truncated("or more follows it")
        : corrupt(": " + e.getMessage());
  }

  private ZstdDecompressCtx context() {
    ZstdDecompressCtx existing = context;
    if (existing == null) {
      existing = new ZstdDecompressCtx();
      CLEANER.register(this, existing::close);
      context = existing;
    }
    return existing;
  }
}
