package dev.millrace.presto;

import com.facebook.presto.spi.Plugin;
import com.facebook.presto.spi.connector.ConnectorFactory;
import java.util.List;

/** What Presto finds in the plugin directory. */
public final class KinesisPlugin implements Plugin {
  @Override
  public Iterable<ConnectorFactory> getConnectorFactories() {
    return List.of(new KinesisConnectorFactory());
  }
}
