package dev.millrace.pinot.service;

import dev.millrace.aws.Connections;
import dev.millrace.aws.Connections.Connection;
import dev.millrace.decode.schema.SchemaRegistry;
import dev.millrace.read.SharedFetch;
import dev.millrace.table.StreamAccess;
import dev.millrace.table.TableDefinition;
import java.time.InstantSource;

/** What is shared by those who reach Kinesis in the same way. */
final class SharedAccess {
  private final StreamAccess access;
  private final Connections connections;
  private final SharedFetch fetch;
  private final KnownStreams streams;

  /** How many hold a lease; guarded by the service. */
  int leases;

  /** How many leases there ever were; guarded by the service. */
  long uses;

  SharedAccess(StreamAccess access, Connections connections, SharedFetch fetch) {
    this.access = access;
    this.connections = connections;
    this.fetch = fetch;
    this.streams = new KnownStreams(this::connection, InstantSource.system());
  }

  Connection connection() {
    return connections.to(access);
  }

  SharedFetch fetch() {
    return fetch;
  }

  KnownStreams streams() {
    return streams;
  }

  SchemaRegistry schemas(TableDefinition table) {
    return connections.schemas(table);
  }

  void close() {
    connections.close();
  }
}
