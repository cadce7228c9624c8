package dev.millrace.decode.format;

import dev.millrace.table.mapping.JsonPath.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.ResolvingDecoder;
import org.jspecify.annotations.Nullable;

/** Reads what was written with one schema, reusing the objects of the message before. */
final class AvroReading {
  private final Schema writer;
  private final Schema reader;
  private final GenericDatumReader<Object> values;
  private @Nullable Object last;

  /**
   * @param whole what the user thinks the messages are, which may be of another version
   */
  AvroReading(Schema writer, Schema whole, List<List<Step>> paths) {
    this.writer = writer;
    this.reader = AvroProjection.of(whole, paths);
    boolean recursive = new AvroRecursion().isIn(writer) || new AvroRecursion().isIn(reader);
    GenericData data = new GenericData();
    data.setFastReaderEnabled(!recursive);
    this.values =
        recursive
            ? new DepthWatchingReader(writer, reader, data)
            : new GenericDatumReader<>(writer, reader, data);
  }

  /** The schema of the values that are read. */
  Schema schema() {
    return reader;
  }

  Schema writer() {
    return writer;
  }

  Object read(AvroInput input) throws IOException {
    Object old = last;
    last = null; // Half of a message is left in it where reading fails.
    Object value = values.read(old, input);
    last = value;
    return value;
  }

  /** Values within values, where the schema sets no bound. */
  private static final class DepthWatchingReader extends GenericDatumReader<Object> {
    private static final int MAX_DEPTH = 200;

    private final ResolvingDecoder resolver;
    private int depth;

    DepthWatchingReader(Schema writer, Schema reader, GenericData data) {
      super(writer, reader, data);
      try {
        resolver = DecoderFactory.get().resolvingDecoder(writer, reader, null);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    protected Object readRecord(Object old, Schema expected, ResolvingDecoder in)
        throws IOException {
      if (depth == MAX_DEPTH) {
        depth = 0;
        throw new IOException("records are more than " + MAX_DEPTH + " levels deep");
      }
      depth++;
      Object value = super.readRecord(old, expected, in);
      depth--;
      return value;
    }

    /** The library's own keeps what resolves for as long as the thread lives. */
    @Override
    public Object read(Object old, org.apache.avro.io.Decoder in) throws IOException {
      depth = 0;
      resolver.configure(in);
      Object value = read(old, getExpected(), resolver);
      resolver.drain();
      return value;
    }
  }
}
