package dev.millrace.presto;

import com.facebook.presto.spi.connector.ConnectorTransactionHandle;
import dev.millrace.connector.KinesisCatalog;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The transactions that are open on a coordinator. */
final class Transactions {
  private final KinesisCatalog catalog;
  private final Map<ConnectorTransactionHandle, KinesisTransaction> open =
      new ConcurrentHashMap<>();

  Transactions(KinesisCatalog catalog) {
    this.catalog = catalog;
  }

  ConnectorTransactionHandle begin() {
    KinesisTransactionHandle handle = KinesisTransactionHandle.next();
    open.put(handle, new KinesisTransaction(catalog));
    return handle;
  }

  KinesisTransaction of(ConnectorTransactionHandle handle) {
    KinesisTransaction transaction = open.get(handle);
    if (transaction == null) {
      throw new MillraceException(
          ErrorCode.INTERNAL, "Transaction " + handle + " is not open on this node");
    }
    return transaction;
  }

  /** Takes it out: what comes of it is the caller's. */
  Optional<KinesisTransaction> end(ConnectorTransactionHandle handle) {
    return Optional.ofNullable(open.remove(handle));
  }
}
