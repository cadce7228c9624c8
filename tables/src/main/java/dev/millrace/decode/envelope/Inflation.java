package dev.millrace.decode.envelope;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** What gzip and zlib have in common. The inflater is reused, which a stream would not do. */
final class Inflation {
  private final Codec codec;
  private final Inflater inflater;

  private Inflation(Codec codec, Inflater inflater) {
    this.codec = codec;
    this.inflater = inflater;
  }

  static Inflation raw(Codec codec) {
    return new Inflation(codec, new Inflater(true));
  }

  /** With the header and the checksum of zlib. */
  static Inflation wrapped(Codec codec) {
    return new Inflation(codec, new Inflater());
  }

  /** Bytes that the last call left over, behind the end of the compressed data. */
  int remaining() {
    return inflater.getRemaining();
  }

  /** Appends what one run of compressed data holds; gives null, or what is wrong. */
  @Nullable String inflate(byte[] bytes, int offset, int length, Output output) {
    inflater.reset();
    inflater.setInput(bytes, offset, length);
    try {
      while (!inflater.finished()) {
        if (output.room() == 0 && !output.grow()) {
          return Codec.TOO_LARGE;
        }
        int count = inflater.inflate(output.array(), output.length(), output.room());
        output.advance(count);
        // The end can come alone: of no bytes, or where the array was just full.
        boolean stuck = count == 0 && !inflater.finished();
        if (stuck && inflater.needsDictionary()) {
          return codec.corrupt(": it needs a dictionary");
        } else if (stuck && inflater.needsInput()) {
          return codec.truncated(after(output));
        }
      }
    } catch (DataFormatException e) {
      return codec.corrupt(" " + after(output) + ": " + e.getMessage());
    }
    return output.isOverLimit() ? Codec.TOO_LARGE : null;
  }

  private static String after(Output output) {
    return "after " + output.length() + " bytes of the message";
  }
}
