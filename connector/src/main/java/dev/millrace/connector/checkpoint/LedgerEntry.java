package dev.millrace.connector.checkpoint;

import dev.millrace.stream.Loss;
import java.time.Instant;

/** A loss that a query left behind: a row of {@code "t$ledger"}. */
public record LedgerEntry(String query, Instant at, Loss loss) {}
