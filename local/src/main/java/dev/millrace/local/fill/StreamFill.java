package dev.millrace.local.fill;

import dev.millrace.local.store.DerivedTable;
import dev.millrace.local.store.StreamStore;
import dev.millrace.read.Snapshot;
import java.util.List;

/**
 * A stream to fill.
 *
 * @param snapshot the stream at the query's instant
 * @param store what is held of it
 * @param tables the tables to fill with it
 * @param window what the query needs of it
 */
public record StreamFill(
    Snapshot snapshot, StreamStore store, List<DerivedTable> tables, FillWindow window) {}
