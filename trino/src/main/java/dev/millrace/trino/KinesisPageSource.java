package dev.millrace.trino;

import dev.millrace.connector.page.ColumnPage;
import dev.millrace.connector.split.SplitReader;
import dev.millrace.stream.MillraceException;
import dev.millrace.trino.block.Blocks;
import io.trino.spi.Page;
import io.trino.spi.block.Block;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.MemoryContext;
import io.trino.spi.connector.SourcePage;
import io.trino.spi.metrics.Metrics;
import io.trino.spi.type.Type;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One split being read. It never waits: the reader's threads are not Trino's. */
final class KinesisPageSource implements ConnectorPageSource {
  private final SplitReader reader;
  private final List<Type> types;
  private final MemoryContext memory;
  private final Consumer<String> warnings;
  private long rows;
  private boolean closed;

  /**
   * @param warnings takes a line for each loss, at the end
   */
  KinesisPageSource(
      SplitReader reader, List<Type> types, MemoryContext memory, Consumer<String> warnings) {
    this.reader = reader;
    this.types = types;
    this.memory = memory;
    this.warnings = warnings;
  }

  @Override
  public CompletableFuture<?> isBlocked() {
    memory.setBytes(reader.memoryBytes());
    return reader.ready();
  }

  @Override
  public @Nullable SourcePage getNextSourcePage() {
    try {
      Optional<ColumnPage> page = reader.nextPage();
      memory.setBytes(reader.memoryBytes());
      return page.isPresent() ? translate(page.get()) : null;
    } catch (MillraceException e) {
      throw Failures.translated(e);
    }
  }

  private SourcePage translate(ColumnPage page) {
    Block[] blocks = new Block[types.size()];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = Blocks.of(types.get(i), page.columns().get(i), page.rows());
    }
    rows += page.rows();
    return SourcePage.create(new Page(page.rows(), blocks));
  }

  @Override
  public boolean isFinished() {
    return Failures.translated(reader::isFinished);
  }

  @Override
  public long getCompletedBytes() {
    return reader.stats().bytes();
  }

  @Override
  public OptionalLong getCompletedPositions() {
    return OptionalLong.of(rows);
  }

  /** The threads that read are shared by all splits: their time is no split's own. */
  @Override
  public long getReadTimeNanos() {
    return 0;
  }

  @Override
  public Metrics getMetrics() {
    return SplitMetrics.of(reader.stats());
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    reader.close();
    reader.stats().warnings().forEach(warnings);
    memory.setBytes(0);
  }
}
