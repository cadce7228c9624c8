package dev.millrace.pinot.group;

import dev.millrace.read.KinesisException;
import org.apache.pinot.spi.stream.TransientConsumerException;

/** What Pinot is told of a call that failed: that it may try again, or that it is no use. */
final class Transience {
  private Transience() {}

  static RuntimeException of(KinesisException e) {
    return switch (e.kind()) {
      case THROTTLED, UNAVAILABLE, TOKEN_EXPIRED, CREDENTIALS_EXPIRED, ITERATOR_EXPIRED ->
          new TransientConsumerException(e);
      case ACCESS_DENIED, NOT_FOUND, INVALID_POSITION, IN_USE, REFUSED -> e;
    };
  }
}
