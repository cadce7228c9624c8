package dev.millrace.pinot.proof;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import org.apache.pinot.common.metadata.segment.SegmentZKMetadata;
import org.apache.pinot.segment.local.indexsegment.immutable.ImmutableSegmentLoader;
import org.apache.pinot.segment.local.indexsegment.mutable.MutableSegmentImpl;
import org.apache.pinot.segment.local.io.writer.impl.DirectMemoryManager;
import org.apache.pinot.segment.local.realtime.converter.RealtimeSegmentConverter;
import org.apache.pinot.segment.local.realtime.impl.RealtimeSegmentConfig;
import org.apache.pinot.segment.local.realtime.impl.RealtimeSegmentStatsHistory;
import org.apache.pinot.segment.local.segment.creator.TransformPipeline;
import org.apache.pinot.segment.local.segment.index.loader.IndexLoadingConfig;
import org.apache.pinot.segment.spi.ImmutableSegment;
import org.apache.pinot.segment.spi.creator.SegmentVersion;
import org.apache.pinot.spi.config.table.SegmentZKPropsConfig;
import org.apache.pinot.spi.config.table.TableConfig;
import org.apache.pinot.spi.data.Schema;
import org.apache.pinot.spi.data.readers.GenericRow;
import org.apache.pinot.spi.plugin.PluginManager;
import org.apache.pinot.spi.stream.MessageBatch;
import org.apache.pinot.spi.stream.StreamConfig;
import org.apache.pinot.spi.stream.StreamDataDecoder;
import org.apache.pinot.spi.stream.StreamDataDecoderImpl;
import org.apache.pinot.spi.stream.StreamDataDecoderResult;
import org.apache.pinot.spi.stream.StreamMessage;
import org.apache.pinot.spi.stream.StreamMessageDecoder;
import org.apache.pinot.spi.utils.JsonUtils;

/** A segment of Pinot's as it is filled, and as it is once it was built and loaded. */
final class RealSegment implements AutoCloseable {
  private final TableConfig table;
  private final Schema schema;
  private final String name;
  private final Path folder;
  private final MutableSegmentImpl consuming;
  private final TransformPipeline transform;
  private final StreamDataDecoder decoder;

  RealSegment(KinesisTable definition, String name, Path folder) throws Exception {
    this.table = JsonUtils.stringToObject(definition.config(), TableConfig.class);
    this.schema = Schema.fromString(definition.schema());
    this.name = name;
    this.folder = folder;
    this.transform = new TransformPipeline(table, schema);
    this.decoder = new StreamDataDecoderImpl(decoderOf(definition));
    this.consuming = new MutableSegmentImpl(config(), null);
  }

  private StreamMessageDecoder<?> decoderOf(KinesisTable definition) throws Exception {
    StreamConfig stream = new StreamConfig(definition.nameWithType(), definition.streamConfigs());
    StreamMessageDecoder<?> made = PluginManager.get().createInstance(stream.getDecoderClass());
    made.init(Set.copyOf(schema.getColumnNames()), stream, table, schema);
    return made;
  }

  private RealtimeSegmentConfig config() throws IOException, ClassNotFoundException {
    File history = folder.resolve(name + ".history").toFile();
    return new RealtimeSegmentConfig.Builder(new IndexLoadingConfig(table, schema))
        .setTableNameWithType(table.getTableName())
        .setSegmentName(name)
        .setStreamName(name)
        .setSchema(schema)
        .setTimeColumnName("timestamp")
        .setCapacity(100_000)
        .setAvgNumMultiValues(2)
        .setSegmentZKMetadata(new SegmentZKMetadata(name))
        .setMemoryManager(new DirectMemoryManager(name))
        .setStatsHistory(RealtimeSegmentStatsHistory.deserializeFrom(history))
        .setConsumerDir(Files.createDirectories(folder.resolve("consumers")).toString())
        .build();
  }

  MutableSegmentImpl consuming() {
    return consuming;
  }

  /** Takes every message of a batch as a server does. */
  void take(MessageBatch<?> batch) throws Exception {
    for (int i = 0; i < batch.getMessageCount(); i++) {
      StreamMessage<?> message = batch.getStreamMessage(i);
      StreamDataDecoderResult decoded = decoder.decode(message);
      if (decoded.getException() != null) {
        throw decoded.getException();
      }
      GenericRow result = Objects.requireNonNull(decoded.getResult());
      for (GenericRow row : transform.processRow(result).getTransformedRows()) {
        consuming.index(row, message.getMetadata());
      }
    }
  }

  /** Builds what was consumed into an immutable segment, and loads it. */
  ImmutableSegment build() throws Exception {
    Path built = Files.createDirectories(folder.resolve("built"));
    RealtimeSegmentConverter converter =
        new RealtimeSegmentConverter(
            consuming,
            new SegmentZKPropsConfig(),
            built.toString(),
            schema,
            table.getTableName(),
            table,
            name,
            false);
    converter.build(SegmentVersion.v3, null);
    return ImmutableSegmentLoader.load(
        built.resolve(name).toFile(), new IndexLoadingConfig(table, schema));
  }

  @Override
  public void close() {
    consuming.destroy();
  }
}
