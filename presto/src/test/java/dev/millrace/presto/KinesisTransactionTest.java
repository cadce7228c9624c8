package dev.millrace.presto;

import static org.assertj.core.api.Assertions.assertThat;

import com.facebook.presto.spi.ConnectorSession;
import com.facebook.presto.testing.TestingConnectorSession;
import dev.millrace.connector.CatalogQuery;
import dev.millrace.connector.KinesisCatalog;
import dev.millrace.connector.option.CatalogOptions;
import dev.millrace.connector.option.SessionOptions;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KinesisTransactionTest {
  @TempDir private Path definitions;

  @Test
  void query_isKnownAsLongAsItsTransaction() {
    CatalogOptions options =
        CatalogOptions.parse(Map.of("kinesis.table-description-location", definitions.toString()));
    SessionOptions defaults = options.sessionDefaults();
    ConnectorSession session = new TestingConnectorSession(KinesisSession.properties(defaults));
    try (KinesisCatalog catalog = KinesisCatalog.open(options, warning -> {})) {
      KinesisTransaction transaction = new KinesisTransaction(catalog);
      CatalogQuery query = transaction.query(session);
      assertThat(transaction.query(session)).isSameAs(query);
      assertThat(catalog.query(session.getQueryId(), defaults)).isSameAs(query);
      transaction.end();
      CatalogQuery late = transaction.query(session);
      assertThat(late).isNotSameAs(query);
      assertThat(catalog.query(session.getQueryId(), defaults)).isNotSameAs(late);
    }
  }
}
