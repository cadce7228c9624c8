package dev.millrace.aws;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Hands out the headers of an answer that goes on. The SDK shows them with the first event only,
 * which does not come before somebody asks for it.
 */
final class ResponseHead implements ExecutionInterceptor {
  /** Where a call wants the headers to be put. */
  static final ExecutionAttribute<AtomicReference<@Nullable SdkHttpResponse>> WANTED =
      new ExecutionAttribute<>("millrace.response-head");

  @Override
  public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
    AtomicReference<@Nullable SdkHttpResponse> place = attributes.getAttribute(WANTED);
    if (place != null) {
      place.set(context.httpResponse());
    }
  }
}
