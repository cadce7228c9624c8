package dev.millrace.trino;

import dev.millrace.connector.KinesisCatalog;
import dev.millrace.connector.option.CatalogOptions;
import dev.millrace.trino.block.TrinoTypes;
import io.trino.spi.connector.Connector;
import io.trino.spi.connector.ConnectorContext;
import io.trino.spi.connector.ConnectorFactory;
import java.lang.System.Logger.Level;
import java.util.Map;

/** Makes a catalog of what its file says. */
final class KinesisConnectorFactory implements ConnectorFactory {
  private static final System.Logger log =
      System.getLogger(KinesisConnectorFactory.class.getName());

  @Override
  public String getName() {
    return "kinesis";
  }

  @Override
  public Connector create(
      String catalogName, Map<String, String> config, ConnectorContext context) {
    return Failures.translated(() -> connector(catalogName, config, context));
  }

  private static Connector connector(
      String catalogName, Map<String, String> config, ConnectorContext context) {
    CatalogOptions options = CatalogOptions.parse(config);
    KinesisCatalog catalog = KinesisCatalog.open(options, warning -> warn(catalogName, warning));
    return new KinesisConnector(catalogName, catalog, new TrinoTypes(context.getTypeManager()));
  }

  private static void warn(String catalogName, String warning) {
    log.log(Level.WARNING, "Catalog " + catalogName + ": " + warning);
  }
}
