package dev.millrace.emulator.operation;

import dev.millrace.emulator.wire.ServiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects what a request's fields violate, worded as the service words it. */
final class Violations {
  static final Pattern SEQUENCE_NUMBER = Pattern.compile("0|([1-9]\\d{0,128})");
  static final Pattern HASH_KEY = Pattern.compile("0|([1-9]\\d{0,38})");
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]+");
  private static final int NAME_LENGTH = 128;

  private final List<String> found = new ArrayList<>();

  Violations required(String field, @Nullable Object value) {
    return value == null ? add("null", field, "Member must not be null") : this;
  }

  /** A stream's name or a shard's id: absent is fine, other rules are not. */
  Violations name(String field, @Nullable String value) {
    return pattern(field, value, NAME).length(field, value, 1, NAME_LENGTH);
  }

  Violations pattern(String field, @Nullable String value, Pattern pattern) {
    return value == null || pattern.matcher(value).matches()
        ? this
        : add(value, field, "Member must satisfy regular expression pattern: " + pattern);
  }

  Violations length(String field, @Nullable String value, int min, int max) {
    if (value == null) {
      return this;
    }
    int length = value.codePointCount(0, value.length());
    if (length < min) {
      return add(value, field, "Member must have length greater than or equal to " + min);
    }
    return length > max
        ? add(value, field, "Member must have length less than or equal to " + max)
        : this;
  }

  Violations size(String field, int size, int min, int max) {
    String value = "[" + size + " entries]";
    if (size < min) {
      return add(value, field, "Member must have length greater than or equal to " + min);
    }
    return size > max
        ? add(value, field, "Member must have length less than or equal to " + max)
        : this;
  }

  Violations range(String field, @Nullable Integer value, int min, int max) {
    if (value == null) {
      return this;
    }
    if (value < min) {
      return add(value.toString(), field, "Member must have value greater than or equal to " + min);
    }
    return value > max
        ? add(value.toString(), field, "Member must have value less than or equal to " + max)
        : this;
  }

  Violations add(String value, String field, String constraint) {
    found.add(
        "Value '%s' at '%s' failed to satisfy constraint: %s".formatted(value, field, constraint));
    return this;
  }

  void throwIfAny() {
    if (!found.isEmpty()) {
      throw toException();
    }
  }

  ServiceException toException() {
    String count = found.size() == 1 ? "1 validation error" : found.size() + " validation errors";
    return ServiceException.of(
        "ValidationException", count + " detected: " + String.join("; ", found));
  }
}
