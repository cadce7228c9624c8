package dev.millrace.emulator.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the fields of an answer in either format. A null value is left out, as the service does.
 */
public final class FieldWriter implements AutoCloseable {
  private static final int TAG_EPOCH = 1;

  private final WireFormat format;
  private final JsonGenerator generator;

  FieldWriter(WireFormat format, JsonGenerator generator) {
    this.format = format;
    this.generator = generator;
  }

  public FieldWriter text(String name, @Nullable String value) {
    return value == null ? this : run(() -> generator.writeStringField(name, value));
  }

  public FieldWriter number(String name, long value) {
    return run(() -> generator.writeNumberField(name, value));
  }

  public FieldWriter flag(String name, Flag value) {
    return run(() -> generator.writeBooleanField(name, value == Flag.TRUE));
  }

  public FieldWriter blob(String name, byte[] value) {
    return run(() -> generator.writeBinaryField(name, value));
  }

  public FieldWriter instant(String name, Instant value) {
    return run(
        () -> {
          generator.writeFieldName(name);
          if (generator instanceof CBORGenerator cbor) {
            cbor.writeTag(TAG_EPOCH);
            cbor.writeNumber(value.toEpochMilli());
          } else {
            generator.writeNumber(BigDecimal.valueOf(value.toEpochMilli(), 3));
          }
        });
  }

  public FieldWriter object(String name, Runnable fields) {
    return run(
        () -> {
          generator.writeObjectFieldStart(name);
          fields.run();
          generator.writeEndObject();
        });
  }

  public <T> FieldWriter objects(String name, Collection<T> items, Consumer<T> fields) {
    return run(
        () -> {
          generator.writeArrayFieldStart(name);
          for (T item : items) {
            generator.writeStartObject();
            fields.accept(item);
            generator.writeEndObject();
          }
          generator.writeEndArray();
        });
  }

  public FieldWriter texts(String name, Collection<String> items) {
    return run(
        () -> {
          generator.writeArrayFieldStart(name);
          for (String item : items) {
            generator.writeString(item);
          }
          generator.writeEndArray();
        });
  }

  WireFormat format() {
    return format;
  }

  FieldWriter start() {
    return run(generator::writeStartObject);
  }

  FieldWriter end() {
    return run(generator::writeEndObject);
  }

  @Override
  public void close() {
    run(generator::close);
  }

  private FieldWriter run(Write write) {
    try {
      write.run();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Write {
    void run() throws IOException;
  }

  /** A truth value that reads well at the call. */
  public enum Flag {
    TRUE,
    FALSE;

    public static Flag of(boolean value) {
      return value ? TRUE : FALSE;
    }
  }
}
