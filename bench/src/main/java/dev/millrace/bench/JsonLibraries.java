package dev.millrace.bench;

import com.alibaba.fastjson2.JSONReader;
import com.alibaba.fastjson2.util.Fnv;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.millrace.stream.UserRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Order records read by libraries, each the way its streaming is meant to be used: a parser for
 * each message, straight from the record's bytes.
 */
final class JsonLibraries {
  private static final JsonFactory JACKSON = new JsonFactory();

  private static final long ORDER_ID = Fnv.hashCode64("order_id");
  private static final long TOKEN = Fnv.hashCode64("token");
  private static final long CUSTOMER = Fnv.hashCode64("customer");
  private static final long EMAIL = Fnv.hashCode64("email");
  private static final long ORDERED_AT = Fnv.hashCode64("ordered_at");
  private static final long DAY = Fnv.hashCode64("day");
  private static final long QUANTITY = Fnv.hashCode64("quantity");
  private static final long PRICE = Fnv.hashCode64("price");
  private static final long DISCOUNT = Fnv.hashCode64("discount");
  private static final long PAID = Fnv.hashCode64("paid");

  private JsonLibraries() {}

  private interface Reading {
    long read(UserRecord record) throws IOException;
  }

  private static Contender contender(String name, List<UserRecord> records, Reading reading) {
    return new Contender(
        name,
        () -> {
          long total = 0;
          try {
            for (UserRecord record : records) {
              total += reading.read(record);
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return total;
        });
  }

  static Contender jacksonTokens(List<UserRecord> records) {
    return contender("Jackson, all tokens", records, JsonLibraries::tokens);
  }

  private static long tokens(UserRecord record) throws IOException {
    long tokens = 0;
    try (JsonParser parser =
        JACKSON.createParser(record.buffer(), record.offset(), record.length())) {
      while (parser.nextToken() != null) {
        tokens++;
      }
    }
    return tokens;
  }

  static Contender jacksonValues(List<UserRecord> records) {
    return contender("Jackson, all tokens and values", records, JsonLibraries::values);
  }

  private static long values(UserRecord record) throws IOException {
    long total = 0;
    try (JsonParser parser =
        JACKSON.createParser(record.buffer(), record.offset(), record.length())) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        total +=
            switch (token) {
              case FIELD_NAME -> parser.currentName().length();
              case VALUE_STRING -> parser.getText().length();
              case VALUE_NUMBER_INT -> parser.getLongValue();
              case VALUE_NUMBER_FLOAT -> (long) parser.getDoubleValue();
              default -> 1;
            };
      }
    }
    return total;
  }

  static Contender fastjsonValues(List<UserRecord> records) {
    return contender(
        "fastjson2, 12 of 12 fields", records, record -> members(record, JsonLibraries::value));
  }

  static Contender fastjsonFirstThree(List<UserRecord> records) {
    return contender(
        "fastjson2, 3 of 12 fields",
        records,
        record -> members(record, JsonLibraries::valueOfThree));
  }

  private interface Member {
    long read(long name, JSONReader reader);
  }

  private static long members(UserRecord record, Member member) {
    long total = 0;
    try (JSONReader reader =
        JSONReader.of(record.buffer(), record.offset(), record.length(), StandardCharsets.UTF_8)) {
      reader.nextIfObjectStart();
      while (!reader.nextIfObjectEnd()) {
        total += member.read(reader.readFieldNameHashCode(), reader);
      }
    }
    return total;
  }

  private static long valueOfThree(long name, JSONReader reader) {
    if (name == ORDER_ID || name == CUSTOMER || name == ORDERED_AT) {
      return value(name, reader);
    }
    reader.skipValue();
    return 1;
  }

  /** A nested value is passed over: the library has no way to give its text as it is written. */
  private static long value(long name, JSONReader reader) {
    if (name == ORDER_ID) {
      return reader.readInt64Value();
    }
    if (name == TOKEN) {
      return reader.readUUID().getMostSignificantBits();
    }
    if (name == CUSTOMER || name == EMAIL) {
      return reader.readString().length();
    }
    if (name == ORDERED_AT) {
      return reader.readInstant().toEpochMilli();
    }
    if (name == DAY) {
      return reader.readLocalDate().getDayOfMonth();
    }
    if (name == QUANTITY) {
      return reader.readInt32Value();
    }
    if (name == PRICE) {
      return reader.readBigDecimal().scale();
    }
    if (name == DISCOUNT) {
      return (long) reader.readDoubleValue();
    }
    if (name == PAID) {
      return reader.readBoolValue() ? 1 : 2;
    }
    if (reader.isString()) {
      return reader.readString().length();
    }
    reader.skipValue();
    return 1;
  }
}
