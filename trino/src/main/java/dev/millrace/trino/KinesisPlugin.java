package dev.millrace.trino;

import io.trino.spi.Plugin;
import io.trino.spi.connector.ConnectorFactory;
import java.util.List;

/** Where Trino finds the connector. */
public final class KinesisPlugin implements Plugin {
  @Override
  public Iterable<ConnectorFactory> getConnectorFactories() {
    return List.of(new KinesisConnectorFactory());
  }
}
