package dev.millrace.trino.block;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.millrace.connector.page.ColumnVector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * JSON as Trino's {@code json_parse} makes it: without spaces, members in the order of their names.
 * Trino compares values of its JSON type by their bytes, so another writing of the same value would
 * be another value.
 */
final class CanonicalJson {
  private static final ObjectMapper MAPPER = mapper();

  private CanonicalJson() {}

  private static ObjectMapper mapper() {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();
    return new ObjectMapper(factory)
        .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
  }

  static ColumnVector.Bytes of(ColumnVector.Bytes vector, int count) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(vector.bytes().length);
    int[] offsets = new int[count + 1];
    for (int i = 0; i < count; i++) {
      int start = vector.offsets()[i];
      int length = vector.offsets()[i + 1] - start;
      if (length > 0) {
        write(vector.bytes(), start, length, out);
      }
      offsets[i + 1] = out.size();
    }
    return new ColumnVector.Bytes(vector.nulls(), offsets, out.toByteArray());
  }

  private static void write(byte[] json, int start, int length, ByteArrayOutputStream out) {
    try {
      out.writeBytes(MAPPER.writeValueAsBytes(MAPPER.readValue(json, start, length, Object.class)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A value of JSON is no JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
