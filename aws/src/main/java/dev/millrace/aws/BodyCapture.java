package dev.millrace.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.Abortable;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Takes a CBOR answer's body for a call that asks for it, and gives the SDK an empty map to
 * unmarshal. Signing, credentials, endpoints, the connection and errors stay the SDK's; only its
 * object graph of each record is not made. Any other answer is left to the SDK: an error, JSON
 * where CBOR is switched off, a content encoding.
 */
final class BodyCapture implements ExecutionInterceptor {
  /** Where a call wants the body put. */
  static final ExecutionAttribute<AtomicReference<RecordsBody>> WANTED =
      new ExecutionAttribute<>("MillraceRecordsBody");

  private static final String CBOR = "application/x-amz-cbor-1.1";
  private static final String CHECKSUM = "x-amz-crc32";
  private static final byte[] EMPTY_MAP = {(byte) 0xA0};

  @Override
  public SdkHttpResponse modifyHttpResponse(
      Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
    SdkHttpResponse response = context.httpResponse();
    AtomicReference<RecordsBody> wanted = attributes.getAttribute(WANTED);
    Optional<InputStream> content = context.responseBody();
    if (wanted == null || content.isEmpty() || !isPlainCbor(response)) {
      return response;
    }
    RecordsBody body = read(content.get(), number(response, "Content-Length").orElse(-1));
    OptionalLong checksum = number(response, CHECKSUM);
    if (checksum.isPresent() && checksum.getAsLong() != body.crc32()) {
      throw SdkClientException.create("The answer does not have the checksum it came with");
    }
    wanted.set(body);
    // The SDK would look for the checksum in the empty map.
    return checksum.isPresent() ? response.toBuilder().removeHeader(CHECKSUM).build() : response;
  }

  @Override
  public Optional<InputStream> modifyHttpResponseContent(
      Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
    AtomicReference<RecordsBody> wanted = attributes.getAttribute(WANTED);
    return wanted == null || wanted.get() == null
        ? context.responseBody()
        : Optional.of(new ByteArrayInputStream(EMPTY_MAP));
  }

  private static boolean isPlainCbor(SdkHttpResponse response) {
    return response.isSuccessful()
        && response.firstMatchingHeader("Content-Encoding").isEmpty()
        && response.firstMatchingHeader("Content-Type").filter(BodyCapture::isCbor).isPresent();
  }

  private static boolean isCbor(String contentType) {
    int parameters = contentType.indexOf(';');
    String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
    return type.trim().toLowerCase(Locale.ROOT).equals(CBOR);
  }

  private static OptionalLong number(SdkHttpResponse response, String header) {
    try {
      return response.firstMatchingHeader(header).stream().mapToLong(Long::parseLong).findFirst();
    } catch (NumberFormatException e) {
      return OptionalLong.empty(); // The transport knows the body's end; no checksum is no harm.
    }
  }

  private static RecordsBody read(InputStream in, long declared) {
    try {
      RecordsBody body = RecordsBody.read(in, declared);
      in.close();
      return body;
    } catch (IOException e) {
      abort(in);
      throw SdkClientException.create("The answer could not be read to its end", e);
    }
  }

  /** What is left of a body nobody wants is not read; the connection goes with it. */
  private static void abort(InputStream in) {
    if (in instanceof Abortable connection) {
      connection.abort();
    }
  }
}
