package dev.millrace.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

class WholeEventsTest {
  /** Two messages, of 7 and of 12 bytes. */
  private static final byte[] MESSAGES = {0, 0, 0, 7, 1, 2, 3, 0, 0, 0, 12, 1, 2, 3, 4, 5, 6, 7, 8};

  private final List<Byte> bytes = new ArrayList<>();
  private final List<String> end = new ArrayList<>();

  private void read(int count, int partSize) {
    Publisher<ByteBuffer> source =
        subscriber -> {
          for (int i = 0; i < count; i += partSize) {
            subscriber.onNext(ByteBuffer.wrap(MESSAGES, i, Math.min(partSize, count - i)));
          }
          subscriber.onComplete();
        };
    new WholeEvents(source)
        .subscribe(
            new Subscriber<>() {
              @Override
              public void onSubscribe(Subscription upstream) {}

              @Override
              public void onNext(ByteBuffer part) {
                while (part.hasRemaining()) {
                  bytes.add(part.get());
                }
              }

              @Override
              public void onError(Throwable failure) {
                end.add(String.valueOf(failure.getMessage()));
              }

              @Override
              public void onComplete() {
                end.add("complete");
              }
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 7, 19})
  void wholeMessages_areCompleteHoweverTheyAreCutIntoParts(int partSize) {
    read(MESSAGES.length, partSize);

    assertThat(bytes).hasSize(MESSAGES.length);
    assertThat(end).containsExactly("complete");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 6, 8, 11, 18})
  void endInsideAMessage_isAFailure(int count) {
    read(count, 3);

    assertThat(bytes).hasSize(count);
    assertThat(end).containsExactly("the answer ended inside an event");
  }

  @Test
  void endBetweenMessages_orBeforeThem_isAnEnd() {
    read(7, 2);
    read(0, 1);

    assertThat(end).containsExactly("complete", "complete");
  }
}
