package dev.millrace.fuzz;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.millrace.table.ColumnType;
import dev.millrace.table.ColumnType.Plain;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What a scalar of each type may be; each gives a hash of the value. */
final class ValueChecks {
  private static final long FIRST_SECOND = -62_135_596_800L;
  private static final long LAST_SECOND = 253_402_300_799L;
  private static final long NANOS_PER_DAY = 86_400L * 1_000_000_000;
  private static final int LONGEST_PARSED = 4_096;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private static void check(boolean holds, ColumnType type, Object value) {
    if (!holds) {
      throw new AssertionError(value + " is no value of " + type);
    }
  }

  long bool(ColumnType type, boolean value) {
    check(type == Plain.BOOLEAN, type, value);
    return value ? 3 : 4;
  }

  long whole(ColumnType type, long value) {
    int bits =
        type == Plain.TINYINT
            ? 8
            : type == Plain.SMALLINT
                ? 16
                : type == Plain.INTEGER ? 32 : type == Plain.BIGINT ? 64 : 0;
    check(bits != 0 && value << (64 - bits) >> (64 - bits) == value, type, value);
    return mix(value);
  }

  private static long mix(long value) {
    return (value ^ (value >>> 29)) * 0x9E3779B97F4A7C15L;
  }

  long floating(ColumnType type, double value) {
    check(type == Plain.REAL || type == Plain.DOUBLE, type, value);
    check(type == Plain.DOUBLE || Double.isNaN(value) || value == (float) value, type, value);
    return mix(Double.doubleToLongBits(value));
  }

  long decimal(ColumnType type, BigDecimal value) {
    check(
        type instanceof ColumnType.Decimal decimal
            && value.scale() == decimal.scale()
            && value.precision() <= Math.max(1, decimal.precision()),
        type,
        value);
    return mix(value.hashCode());
  }

  long text(ColumnType type, byte[] utf8, int offset, int length) {
    int characters = characters(type, utf8, offset, length);
    if (type instanceof ColumnType.BoundedVarchar bounded) {
      check(characters <= bounded.length(), type, characters);
    } else if (type == Plain.JSON) {
      json(utf8, offset, length);
    } else {
      check(type == Plain.VARCHAR, type, "text");
    }
    return hash(utf8, offset, length);
  }

  private static int characters(ColumnType type, byte[] utf8, int offset, int length) {
    int at = 0;
    while (at < length && utf8[offset + at] >= 0) {
      at++;
    }
    if (at == length) {
      return length;
    }
    try {
      CharBuffer text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8, offset, length));
      return Character.codePointCount(text, 0, text.length());
    } catch (CharacterCodingException e) {
      throw new AssertionError("text that is not UTF-8 in a " + type, e);
    }
  }

  private static void json(byte[] utf8, int offset, int length) {
    if (length > LONGEST_PARSED || holdsHalfPairs(utf8, offset, length)) {
      return;
    }
    int values = 0;
    int depth = 0;
    try (JsonParser parser = JSON.createParser(utf8, offset, length)) {
      while (parser.nextToken() != null) {
        depth += parser.currentToken().isStructStart() ? 1 : 0;
        depth -= parser.currentToken().isStructEnd() ? 1 : 0;
        values += depth == 0 ? 1 : 0;
      }
    } catch (IOException e) {
      throw new AssertionError("JSON that is none: " + e.getMessage(), e);
    }
    if (values != 1) {
      throw new AssertionError(values + " JSON values in one");
    }
  }

  /** Jackson refuses them in names. */
  private static boolean holdsHalfPairs(byte[] utf8, int offset, int length) {
    for (int i = offset; i + 2 < offset + length; i++) {
      if (utf8[i] == '\\' && utf8[i + 1] == 'u' && (utf8[i + 2] | 0x20) == 'd') {
        return true;
      }
    }
    return false;
  }

  private static long hash(byte[] bytes, int offset, int length) {
    long hash = length;
    for (int i = offset; i < offset + length; i++) {
      hash = (hash ^ bytes[i]) * 0x100000001B3L;
    }
    return mix(hash);
  }

  long bytes(ColumnType type, byte[] bytes, int offset, int length) {
    check(type == Plain.VARBINARY, type, "binary");
    check(
        offset >= 0 && length >= 0 && offset + length <= bytes.length,
        type,
        Arrays.asList(offset, length, bytes.length));
    return hash(bytes, offset, length);
  }

  long uuid(ColumnType type, long most, long least) {
    check(type == Plain.UUID, type, "a UUID");
    return mix(mix(most) + least);
  }

  long date(ColumnType type, long epochDay) {
    check(
        type == Plain.DATE && epochDay >= FIRST_SECOND / 86_400 && epochDay <= LAST_SECOND / 86_400,
        type,
        epochDay);
    return mix(epochDay);
  }

  long time(ColumnType type, long nanos) {
    check(
        type instanceof ColumnType.Time time
            && nanos >= 0
            && nanos < NANOS_PER_DAY
            && isCut(nanos, time.precision()),
        type,
        nanos);
    return mix(nanos);
  }

  private static boolean isCut(long nanos, int precision) {
    long unit = 1;
    for (int i = precision; i < 9; i++) {
      unit *= 10;
    }
    return nanos % unit == 0;
  }

  long timestamp(ColumnType type, long micros, int nanosOfMicro) {
    int precision =
        type instanceof ColumnType.Timestamp timestamp
            ? timestamp.precision()
            : type instanceof ColumnType.TimestampWithTimeZone zoned ? zoned.precision() : -1;
    long second = Math.floorDiv(micros, 1_000_000L);
    long nanos = Math.floorMod(micros, 1_000_000L) * 1_000 + nanosOfMicro;
    check(
        precision >= 0
            && second >= FIRST_SECOND
            && second <= LAST_SECOND
            && nanosOfMicro >= 0
            && nanosOfMicro <= 999
            && isCut(nanos, precision),
        type,
        micros + " and " + nanosOfMicro);
    return mix(mix(micros) + nanosOfMicro);
  }
}
