package dev.millrace.emulator.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The two ways the SDKs write requests and answers. */
public enum WireFormat {
  /** Blobs in base64, instants as fractional epoch seconds. */
  JSON("application/x-amz-json-1.1", new JsonFactory()),
  /** Blobs as byte strings, instants as tag 1 with integer epoch milliseconds. */
  CBOR("application/x-amz-cbor-1.1", new CBORFactory());

  private final String contentType;

  @SuppressWarnings("ImmutableEnumChecker") // Configured once, above; safe for use by any thread.
  private final JsonFactory factory;

  WireFormat(String contentType, JsonFactory factory) {
    this.contentType = contentType;
    this.factory = factory;
  }

  /** The format a request's Content-Type names; parameters such as a charset are ignored. */
  public static Optional<WireFormat> ofContentType(@Nullable String contentType) {
    if (contentType == null) {
      return Optional.empty();
    }
    String type = contentType.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    for (WireFormat format : values()) {
      if (format.contentType.equals(type)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  public String contentType() {
    return contentType;
  }

  JsonParser parser(byte[] body) throws IOException {
    return factory.createParser(body);
  }

  FieldWriter writer(OutputStream out) throws IOException {
    return new FieldWriter(this, factory.createGenerator(out));
  }

  Instant instant(Number number) {
    // A CBOR float is epoch seconds by the format's own rule; the SDKs send integers, in millis.
    if (this == CBOR && (number instanceof Long || number instanceof Integer)) {
      return Instant.ofEpochMilli(number.longValue());
    }
    BigDecimal seconds = new BigDecimal(number.toString());
    return Instant.ofEpochMilli(seconds.movePointRight(3).longValue());
  }
}
