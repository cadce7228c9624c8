package dev.millrace.read;

import java.util.function.Supplier;

/**
 * Calls that are tried again after a throttle or a failure that may pass.
 *
 * @param attempts the most, the first included
 */
record Retry(int attempts, Backoff backoff, Pause pause) {

  <T> T of(Supplier<T> call) {
    for (int attempt = 1; ; attempt++) {
      try {
        return call.get();
      } catch (KinesisException e) {
        if (!mayPass(e.kind()) || attempt == attempts || Thread.currentThread().isInterrupted()) {
          throw e;
        }
        pause.nanos(backoff.nanos(attempt));
      }
    }
  }

  private static boolean mayPass(KinesisException.Kind kind) {
    return switch (kind) {
      case THROTTLED, UNAVAILABLE, CREDENTIALS_EXPIRED -> true;
      case ITERATOR_EXPIRED,
          TOKEN_EXPIRED,
          IN_USE,
          ACCESS_DENIED,
          NOT_FOUND,
          INVALID_POSITION,
          REFUSED ->
          false;
    };
  }
}
