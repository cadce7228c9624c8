package dev.millrace.presto;

import com.facebook.presto.common.Page;
import com.facebook.presto.common.RuntimeStats;
import com.facebook.presto.common.block.Block;
import com.facebook.presto.spi.ConnectorPageSource;
import dev.millrace.connector.page.ColumnPage;
import dev.millrace.connector.split.SplitReader;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rows of one split. Its driver is never held up: it waits for what is not there yet. */
final class KinesisPageSource implements ConnectorPageSource {
  private final SplitReader reader;
  private final List<WantedColumn> columns;
  private final Consumer<String> warnings;
  private final SplitMetrics metrics = new SplitMetrics();
  private long decodingNanos;
  private boolean closed;

  /**
   * @param warnings takes a line for each loss, at the end
   */
  KinesisPageSource(SplitReader reader, List<WantedColumn> columns, Consumer<String> warnings) {
    this.reader = reader;
    this.columns = columns;
    this.warnings = warnings;
  }

  @Override
  public CompletableFuture<?> isBlocked() {
    CompletableFuture<?> ready = reader.ready();
    return ready.isDone() ? NOT_BLOCKED : ready;
  }

  @Override
  public boolean isFinished() {
    return KinesisErrorCode.translating(reader::isFinished);
  }

  /** Null is Presto's word for nothing yet. */
  @Override
  public @Nullable Page getNextPage() {
    long start = System.nanoTime();
    try {
      Optional<ColumnPage> page = KinesisErrorCode.translating(reader::nextPage);
      return page.map(this::page).orElse(null);
    } finally {
      decodingNanos += System.nanoTime() - start;
    }
  }

  private Page page(ColumnPage page) {
    Block[] blocks = new Block[columns.size()];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = columns.get(i).block(page.columns().get(i), page.rows());
    }
    return new Page(page.rows(), blocks);
  }

  @Override
  public long getCompletedBytes() {
    return reader.stats().bytes();
  }

  @Override
  public long getCompletedPositions() {
    return reader.stats().rows();
  }

  /** Time in the driver's thread; that of fetching is nobody's wait. */
  @Override
  public long getReadTimeNanos() {
    return decodingNanos;
  }

  @Override
  public long getSystemMemoryUsage() {
    return reader.memoryBytes();
  }

  @Override
  public RuntimeStats getRuntimeStats() {
    return metrics.upTo(reader.stats());
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    reader.close();
    reader.stats().warnings().forEach(warnings);
  }
}
