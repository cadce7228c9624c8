package dev.millrace.presto;

import com.facebook.presto.spi.ConnectorHandleResolver;
import com.facebook.presto.spi.connector.Connector;
import com.facebook.presto.spi.connector.ConnectorContext;
import com.facebook.presto.spi.connector.ConnectorFactory;
import dev.millrace.connector.KinesisCatalog;
import dev.millrace.connector.option.CatalogOptions;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Map;

/** Makes a catalog of a catalog file that says {@code connector.name=kinesis}. */
final class KinesisConnectorFactory implements ConnectorFactory {
  private static final System.Logger LOG = System.getLogger("dev.millrace.presto");

  @Override
  public String getName() {
    return "kinesis";
  }

  @Override
  public ConnectorHandleResolver getHandleResolver() {
    return new KinesisHandleResolver();
  }

  @Override
  public Connector create(String name, Map<String, String> config, ConnectorContext context) {
    return KinesisErrorCode.translating(
        () -> {
          Map<String, String> properties = new HashMap<>(config);
          properties.remove("connector.name");
          CatalogOptions options = CatalogOptions.parse(properties);
          return new KinesisConnector(
              name,
              KinesisCatalog.open(options, warning -> warn(name, warning)),
              new PrestoTypes(context.getTypeManager()));
        });
  }

  private static void warn(String catalog, String warning) {
    LOG.log(Level.WARNING, "Catalog " + catalog + ": " + warning);
  }
}
