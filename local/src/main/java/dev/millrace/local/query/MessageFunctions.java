package dev.millrace.local.query;

import dev.millrace.decode.MessageReader;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.UserRecord;
import dev.millrace.table.Compression;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Locale;
import java.util.function.Function;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBScalarFunctionBuilder;

/**
 * Messages as SQL sees them: decompressed, or as text. What is not plain bytes is done here, when a
 * statement names it, and not stored twice. The database hands no BLOB to Java, so bytes go there
 * and back as base64.
 */
final class MessageFunctions {
  private static final String TEXT = "__millrace_text";
  private static final ShardId NO_SHARD = new ShardId("none");
  private static final SequenceNumber NO_SEQUENCE = new SequenceNumber("0");

  private MessageFunctions() {}

  /** The message of a stored payload, as SQL. */
  static String message(Compression compression, String data) {
    return compression == Compression.UNCOMPRESSED
        ? data
        : "from_base64(" + function(compression) + "(to_base64(" + data + ")))";
  }

  /** Bytes as text, as SQL; Java is asked only for what is not valid UTF-8. */
  static String text(String bytes) {
    return "coalesce(try(decode(" + bytes + ")), " + TEXT + "(to_base64(" + bytes + ")))";
  }

  static void register(Connection connection) {
    try {
      register(connection, TEXT, base64 -> new String(decode(base64), StandardCharsets.UTF_8));
      for (Compression compression : Compression.values()) {
        ThreadLocal<MessageReader> readers =
            ThreadLocal.withInitial(() -> MessageReader.of(compression));
        register(connection, function(compression), base64 -> open(readers.get(), decode(base64)));
      }
    } catch (SQLException e) {
      throw new MillraceException(ErrorCode.INTERNAL, "Cannot add functions: " + e.getMessage(), e);
    }
  }

  private static void register(
      Connection connection, String name, Function<String, String> function) throws SQLException {
    try (DuckDBScalarFunctionBuilder builder = DuckDBFunctions.scalarFunction()) {
      builder
          .withName(name)
          .withParameter(DuckDBColumnType.VARCHAR)
          .withReturnType(DuckDBColumnType.VARCHAR)
          .withNullInNullOut()
          .withFunction(function)
          .register(connection);
    }
  }

  private static String function(Compression compression) {
    return "__millrace_message_" + compression.name().toLowerCase(Locale.ROOT);
  }

  private static byte[] decode(String base64) {
    return Base64.getDecoder().decode(base64);
  }

  private static String open(MessageReader reader, byte[] data) {
    reader.read(new UserRecord(NO_SHARD, NO_SEQUENCE, 0, 0, null, data, 0, data.length));
    byte[] message = reader.buffer();
    byte[] exact =
        java.util.Arrays.copyOfRange(message, reader.offset(), reader.offset() + reader.length());
    return Base64.getEncoder().encodeToString(exact);
  }
}
