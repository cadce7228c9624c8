package dev.millrace.pinot.proof;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.pinot.spi.plugin.PluginManager;
import org.apache.pinot.spi.stream.PartitionGroupMetadata;

/**
 * A process that has Pinot and the plugin as a server would: it prints what a stream holds, and
 * which class loader the factory came from.
 */
final class BundleReader {
  private BundleReader() {}

  public static void main(String[] arguments) throws Exception {
    KinesisTable table =
        KinesisTable.of("orders", "orders", arguments[0])
            .with("stream.kinesis.consumer.factory.class.name", arguments[1]);
    Object factory = PluginManager.get().createInstance(arguments[1]);
    System.out.println("loader " + factory.getClass().getClassLoader().getClass().getSimpleName());
    Groups groups = new Groups(table);
    List<PartitionGroupMetadata> all = groups.after(List.of());
    for (PartitionGroupMetadata group : all) {
      groups.read(
          group,
          Integer.MAX_VALUE,
          batch -> {
            for (int i = 0; i < batch.getMessageCount(); i++) {
              byte[] value = (byte[]) batch.getStreamMessage(i).getValue();
              System.out.println("row " + new String(value, StandardCharsets.UTF_8));
            }
          });
    }
  }
}
