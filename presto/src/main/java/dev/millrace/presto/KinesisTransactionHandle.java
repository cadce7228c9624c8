package dev.millrace.presto;

import com.facebook.presto.spi.connector.ConnectorTransactionHandle;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.UUID;

/** One transaction of Presto's over this catalog. */
public record KinesisTransactionHandle(@JsonProperty UUID id)
    implements ConnectorTransactionHandle {
  @JsonCreator
  public KinesisTransactionHandle(@JsonProperty("id") UUID id) {
    this.id = id;
  }

  static KinesisTransactionHandle next() {
    return new KinesisTransactionHandle(UUID.randomUUID());
  }
}
