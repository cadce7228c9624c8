package dev.millrace.aws;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * An answer's bytes, which are messages that each begin with their length. An HTTP/2 stream that is
 * reset looks to the SDK as if the answer were complete; where that happens inside a message, this
 * makes it the failure it is.
 */
record WholeEvents(Publisher<ByteBuffer> bytes) implements Publisher<ByteBuffer> {

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
    bytes.subscribe(new Counting(subscriber));
  }

  /** Signals come one after the other: nothing here is locked. */
  private static final class Counting implements Subscriber<ByteBuffer> {
    private static final int LENGTH_BYTES = 4;

    private final Subscriber<? super ByteBuffer> downstream;

    /** Bytes of the message's length that came; none between two messages. */
    private int lengthRead;

    private int length;

    /** Bytes of the message that are still to come, once its length is known. */
    private int left;

    Counting(Subscriber<? super ByteBuffer> downstream) {
      this.downstream = downstream;
    }

    @Override
    public void onSubscribe(Subscription upstream) {
      downstream.onSubscribe(upstream);
    }

    @Override
    public void onNext(ByteBuffer part) {
      count(part.duplicate());
      downstream.onNext(part);
    }

    private void count(ByteBuffer part) {
      while (part.hasRemaining()) {
        if (lengthRead < LENGTH_BYTES) {
          length = (length << 8) | (part.get() & 0xFF);
          lengthRead++;
          left = lengthRead == LENGTH_BYTES ? Math.max(0, length - LENGTH_BYTES) : 0;
        } else {
          int passed = Math.min(left, part.remaining());
          part.position(part.position() + passed);
          left -= passed;
        }
        if (lengthRead == LENGTH_BYTES && left == 0) {
          lengthRead = 0;
          length = 0;
        }
      }
    }

    @Override
    public void onError(Throwable failure) {
      downstream.onError(failure);
    }

    @Override
    public void onComplete() {
      if (lengthRead == 0) {
        downstream.onComplete();
      } else {
        downstream.onError(new IOException("the answer ended inside an event"));
      }
    }
  }
}
