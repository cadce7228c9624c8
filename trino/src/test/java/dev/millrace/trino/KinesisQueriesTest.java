package dev.millrace.trino;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.connector.CatalogQuery;
import dev.millrace.connector.KinesisCatalog;
import dev.millrace.connector.option.CatalogOptions;
import dev.millrace.connector.option.SessionOptions;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.testing.TestingConnectorSession;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KinesisQueriesTest {
  @TempDir private Path definitions;

  @Test
  void query_isKnownAsLongAsItsTransaction() {
    CatalogOptions options =
        CatalogOptions.parse(Map.of("kinesis.table-description-location", definitions.toString()));
    SessionOptions defaults = options.sessionDefaults();
    ConnectorSession session =
        TestingConnectorSession.builder()
            .setPropertyMetadata(KinesisSessionProperties.all(defaults))
            .build();
    ConnectorTransactionHandle transaction = new KinesisTransactionHandle(UUID.randomUUID());
    try (KinesisCatalog catalog = KinesisCatalog.open(options, warning -> {})) {
      KinesisQueries queries = new KinesisQueries("kinesis", catalog);
      queries.begin(transaction);
      CatalogQuery query = queries.of(transaction, session);
      assertThat(queries.of(transaction, session)).isSameAs(query);
      assertThat(catalog.query(session.getQueryId(), defaults)).isSameAs(query);
      queries.end(transaction);
      CatalogQuery late = queries.of(transaction, session);
      assertThat(late).isNotSameAs(query);
      assertThat(catalog.query(session.getQueryId(), defaults)).isNotSameAs(late);
    }
  }
}
