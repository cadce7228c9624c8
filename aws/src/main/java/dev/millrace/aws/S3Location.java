package dev.millrace.aws;

import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A place in S3, as {@code s3://bucket} or {@code s3://bucket/prefix}.
 *
 * @param prefix what its objects' keys begin with: empty, or ending with a slash
 */
record S3Location(String bucket, String prefix) {
  static final String SCHEME = "s3://";

  private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,254}");

  static S3Location parse(String text) {
    if (!text.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      throw notALocation(text);
    }
    String path = text.substring(SCHEME.length());
    int slash = path.indexOf('/');
    String bucket = slash < 0 ? path : path.substring(0, slash);
    String prefix = slash < 0 ? "" : path.substring(slash + 1);
    if (!BUCKET.matcher(bucket).matches()) {
      throw notALocation(text);
    }
    return new S3Location(bucket, prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/");
  }

  private static MillraceException notALocation(String text) {
    return new MillraceException(
        ErrorCode.USER,
        "'" + text + "' is not a place in S3. Write s3://BUCKET or s3://BUCKET/PREFIX");
  }

  /** The key of a name below here; none for a name that would lead elsewhere. */
  Optional<String> key(String name) {
    for (String part : name.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        return Optional.empty();
      }
    }
    return Optional.of(prefix + name);
  }

  /** The whole address of an object in the bucket. */
  String address(String key) {
    return SCHEME + bucket + "/" + key;
  }

  @Override
  public String toString() {
    return address(prefix);
  }
}
