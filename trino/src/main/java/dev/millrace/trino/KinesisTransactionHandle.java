package dev.millrace.trino;

import io.trino.spi.connector.ConnectorTransactionHandle;
import java.util.UUID;

/** One transaction of Trino's. */
public record KinesisTransactionHandle(UUID id) implements ConnectorTransactionHandle {}
