package dev.millrace.connector.checkpoint;

import dev.millrace.stream.Loss;
import java.time.Instant;

/**
 * A loss that a split left behind: a row of {@code "t$ledger"}.
 *
 * @param reader as in {@link DoneMark}
 */
public record LedgerEntry(String reader, Instant at, Loss loss) {}
