package dev.millrace.emulator.http;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** As much of ASN.1's DER as a certificate takes: each method gives one encoded value. */
final class Der {
  private static final DateTimeFormatter UTC_TIME =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private Der() {}

  static byte[] sequence(byte[]... values) {
    return value(0x30, join(values));
  }

  static byte[] set(byte[]... values) {
    return value(0x31, join(values));
  }

  static byte[] integer(BigInteger number) {
    return value(0x02, number.toByteArray());
  }

  static byte[] yes() {
    return value(0x01, new byte[] {(byte) 0xFF});
  }

  static byte[] bits(byte[] bytes) {
    return value(0x03, join(new byte[] {0}, bytes));
  }

  static byte[] octets(byte[] bytes) {
    return value(0x04, bytes);
  }

  static byte[] text(String text) {
    return value(0x0C, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A time before 2050, which is all that the type can say. */
  static byte[] time(Instant instant) {
    return value(0x17, UTC_TIME.format(instant).getBytes(StandardCharsets.US_ASCII));
  }

  /** A value that a structure marks with a number; what it holds is encoded already. */
  static byte[] explicit(int number, byte[] encoded) {
    return value(0xA0 | number, encoded);
  }

  /** A value whose mark takes the place of its type. */
  static byte[] implicit(int number, byte[] content) {
    return value(0x80 | number, content);
  }

  static byte[] objectId(int first, int second, int... rest) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(first * 40 + second);
    for (int part : rest) {
      for (int shift = 28; shift > 0; shift -= 7) {
        if (part >>> shift > 0) {
          out.write(0x80 | (part >>> shift & 0x7F));
        }
      }
      out.write(part & 0x7F);
    }
    return value(0x06, out.toByteArray());
  }

  private static byte[] value(int type, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(type);
    int length = content.length;
    if (length < 0x80) {
      out.write(length);
    } else if (length < 0x100) {
      out.write(0x81);
      out.write(length);
    } else {
      out.write(0x82);
      out.write(length >>> 8);
      out.write(length);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] join(byte[]... values) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] value : values) {
      out.writeBytes(value);
    }
    return out.toByteArray();
  }
}
