package dev.millrace.aws;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * What the SDK does not tell of an answer that goes on: its headers before its first event, which
 * does not come before somebody asks for it, and whether it was cut.
 */
final class EventAnswer implements ExecutionInterceptor {
  /** Where a call wants the headers to be put. */
  static final ExecutionAttribute<AtomicReference<@Nullable SdkHttpResponse>> WANTED =
      new ExecutionAttribute<>("millrace.event-answer");

  @Override
  public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
    AtomicReference<@Nullable SdkHttpResponse> place = attributes.getAttribute(WANTED);
    if (place != null) {
      place.set(context.httpResponse());
    }
  }

  @Override
  public Optional<Publisher<ByteBuffer>> modifyAsyncHttpResponseContent(
      Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
    Optional<Publisher<ByteBuffer>> bytes = context.responsePublisher();
    return attributes.getAttribute(WANTED) != null && context.httpResponse().isSuccessful()
        ? bytes.map(WholeEvents::new)
        : bytes;
  }
}
