package dev.millrace.local.query;

import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the database says of a user's SQL, in one line. */
final class SqlFaults {
  private static final Pattern KIND = Pattern.compile("^([A-Za-z ]+?) Error: (.*)$");

  private SqlFaults() {}

  static MillraceException of(SQLException fault) {
    String said = String.valueOf(fault.getMessage()).strip();
    String line = said.lines().findFirst().orElse(said);
    Matcher matcher = KIND.matcher(line);
    if (!matcher.matches()) {
      return new MillraceException(ErrorCode.INTERNAL, "The query failed: " + line, fault);
    }
    String detail = matcher.group(2);
    return switch (matcher.group(1)) {
      case "INTERNAL", "FATAL", "IO", "Serialization" ->
          new MillraceException(ErrorCode.INTERNAL, "The query failed: " + line, fault);
      case "Permission" ->
          new MillraceException(
              ErrorCode.USER, "SQL here reads tables only, no files: " + detail, fault);
      case "Out of Memory" ->
          new MillraceException(
              ErrorCode.USER,
              "The query needs more memory or temporary space than it is allowed: " + detail,
              fault);
      default -> new MillraceException(ErrorCode.USER, matcher.group(1) + ": " + detail, fault);
    };
  }
}
