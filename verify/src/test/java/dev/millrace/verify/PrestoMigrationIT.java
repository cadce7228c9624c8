package dev.millrace.verify;

import dev.millrace.connector.server.Engine;

/** The {@link MigrationContract} from presto-kinesis to a Presto server. */
class PrestoMigrationIT extends MigrationContract {
  PrestoMigrationIT() {
    super(Engine.PRESTO, "docs/guides/migrate-from-presto-kinesis.md");
  }
}
