package dev.millrace.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordsBodyTest {

  private static byte[] some(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 300_000})
  void body_isRead_whateverWasDeclared(int size) throws IOException {
    byte[] sent = some(size);
    for (long declared : new long[] {-1, 0, size - 1, size, size + 1, Long.MAX_VALUE}) {
      RecordsBody body = RecordsBody.read(new ByteArrayInputStream(sent), declared);
      assertThat(Arrays.copyOf(body.bytes(), body.size())).isEqualTo(sent);
    }
  }

  @Test
  void declaredSize_isTheArraysSize() throws IOException {
    RecordsBody body = RecordsBody.read(new ByteArrayInputStream(some(70_001)), 70_001);
    assertThat(body.bytes()).hasSize(70_001);
  }

  @Test
  void endlessBody_isRefused() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 7;
          }

          @Override
          public int read(byte[] buffer, int offset, int length) {
            return length;
          }
        };
    assertThatThrownBy(() -> RecordsBody.read(endless, -1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("larger than");
  }
}
