package dev.millrace.local;

import dev.millrace.local.fill.FillOptions;
import dev.millrace.local.store.StoreOptions;
import dev.millrace.read.FetchOptions;
import java.nio.file.Path;

/**
 * How the embedded home works.
 *
 * @param directory the store; without one, where the database's library and temporary files go
 * @param keeping whether what is read is kept for the next query of another process
 * @param store what the store may take
 * @param fetch how streams are read
 * @param fill how much is read at a time
 */
public record EmbeddedOptions(
    Path directory, Keeping keeping, StoreOptions store, FetchOptions fetch, FillOptions fill) {

  /** Whether what is read is kept. */
  public enum Keeping {
    /** In the store's directory. */
    STORED,
    /** In memory, until it is closed. */
    IN_MEMORY
  }

  public static EmbeddedOptions stored(Path directory) {
    return new EmbeddedOptions(
        directory,
        Keeping.STORED,
        StoreOptions.defaults(),
        FetchOptions.defaults(),
        FillOptions.defaults());
  }

  public static EmbeddedOptions inMemory(Path directory) {
    return stored(directory).withKeeping(Keeping.IN_MEMORY);
  }

  EmbeddedOptions withKeeping(Keeping value) {
    return new EmbeddedOptions(directory, value, store, fetch, fill);
  }

  public EmbeddedOptions withStore(StoreOptions value) {
    return new EmbeddedOptions(directory, keeping, value, fetch, fill);
  }

  public EmbeddedOptions withFetch(FetchOptions value) {
    return new EmbeddedOptions(directory, keeping, store, value, fill);
  }

  public EmbeddedOptions withFill(FillOptions value) {
    return new EmbeddedOptions(directory, keeping, store, fetch, value);
  }
}
