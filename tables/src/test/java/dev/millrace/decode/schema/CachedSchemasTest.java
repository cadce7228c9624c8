package dev.millrace.decode.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.decode.schema.RegisteredSchema.Kind;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class CachedSchemasTest {
  private static final UUID VERSION = new UUID(1, 2);

  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);

  @Test
  void foundVersion_isAskedForOnce() throws UnknownSchemaException {
    CachedSchemas schemas =
        new CachedSchemas(
            version -> new RegisteredSchema(Kind.AVRO, "call " + calls.incrementAndGet()),
            now::get);
    schemas.find(VERSION);
    now.set(Instant.EPOCH.plusSeconds(1_000_000));
    assertThat(schemas.find(VERSION).definition()).isEqualTo("call 1");
  }

  @Test
  void absence_isBelievedForAMinute() {
    CachedSchemas schemas =
        new CachedSchemas(
            version -> {
              throw new UnknownSchemaException("call " + calls.incrementAndGet());
            },
            now::get);
    assertThatThrownBy(() -> schemas.find(VERSION)).hasMessage("call 1");
    now.set(Instant.EPOCH.plusSeconds(59));
    assertThatThrownBy(() -> schemas.find(VERSION)).hasMessage("call 1");
    now.set(Instant.EPOCH.plusSeconds(60));
    assertThatThrownBy(() -> schemas.find(VERSION)).hasMessage("call 2");
  }

  @Test
  void outage_isNotRemembered() throws UnknownSchemaException {
    CachedSchemas schemas =
        new CachedSchemas(
            version -> {
              if (calls.incrementAndGet() == 1) {
                throw new MillraceException(ErrorCode.THROTTLED, "later");
              }
              return new RegisteredSchema(Kind.AVRO, "{}");
            },
            now::get);
    assertThatThrownBy(() -> schemas.find(VERSION))
        .isInstanceOf(MillraceException.class)
        .hasMessage("later");
    assertThat(schemas.find(VERSION).definition()).isEqualTo("{}");
  }

  @Test
  void manyVersions_pushOutTheOldest() throws UnknownSchemaException {
    CachedSchemas schemas =
        new CachedSchemas(
            version -> new RegisteredSchema(Kind.AVRO, "call " + calls.incrementAndGet()),
            now::get);
    for (int i = 0; i < 1_001; i++) {
      schemas.find(new UUID(0, i));
    }
    schemas.find(new UUID(0, 1_000));
    assertThat(calls).hasValue(1_001);
    schemas.find(new UUID(0, 0));
    assertThat(calls).hasValue(1_002);
  }
}
