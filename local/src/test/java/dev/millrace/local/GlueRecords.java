package dev.millrace.local;

import com.google.protobuf.CodedOutputStream;
import dev.millrace.decode.schema.RegisteredSchema;
import dev.millrace.decode.schema.RegisteredSchema.Kind;
import dev.millrace.decode.schema.SchemaRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.zip.DeflaterOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Two orders with the header of AWS Glue Schema Registry, the second one compressed. */
final class GlueRecords {
  private static final UUID VERSION = UUID.fromString("b7b4a7f0-9c96-4e4a-a687-fb5de9ef0c63");
  private static final String SCHEMA =
      """
      {"type": "record", "name": "Order", "namespace": "shop", "fields": [
        {"name": "order_id", "type": "long"}, {"name": "customer", "type": ["null", "string"]},
        {"name": "total", "type": "double"},
        {"name": "tags", "type": {"type": "array", "items": "string"}}]}""";

  /** What the registry says of the version that the records name. */
  static final SchemaRegistry REGISTRY =
      version -> {
        if (!version.equals(VERSION)) {
          throw new AssertionError("nobody asks for " + version);
        }
        return new RegisteredSchema(Kind.AVRO, SCHEMA);
      };

  private record Order(long id, String customer, double total, List<String> tags) {}

  private static final List<Order> ORDERS =
      List.of(
          new Order(1, "Zoë", 12.5, List.of("gift", "rush")), new Order(2, "Ann", 3, List.of()));

  private GlueRecords() {}

  /** The orders in a format: {@code avro}, {@code json} or {@code protobuf}. */
  static List<byte[]> of(String format) throws IOException {
    return List.of(
        header(0, write(format, ORDERS.get(0))), header(5, zlib(write(format, ORDERS.get(1)))));
  }

  private static byte[] header(int compression, byte[] data) {
    return ByteBuffer.allocate(18 + data.length)
        .put((byte) 3)
        .put((byte) compression)
        .putLong(VERSION.getMostSignificantBits())
        .putLong(VERSION.getLeastSignificantBits())
        .put(data)
        .array();
  }

  private static byte[] zlib(byte[] data) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
      deflater.write(data);
    }
    return packed.toByteArray();
  }

  private static byte[] write(String format, Order order) throws IOException {
    return switch (format) {
      case "avro" -> avro(order);
      case "protobuf" -> protobuf(order);
      default -> json(order);
    };
  }

  private static byte[] json(Order order) {
    String tags = order.tags.isEmpty() ? "[]" : "[\"" + String.join("\",\"", order.tags) + "\"]";
    return "{\"order_id\":%d,\"customer\":\"%s\",\"total\":%s,\"tags\":%s}"
        .formatted(order.id, order.customer, order.total, tags)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] avro(Order order) throws IOException {
    Schema schema = new Schema.Parser().parse(SCHEMA);
    GenericData.Record record = new GenericData.Record(schema);
    record.put("order_id", order.id);
    record.put("customer", order.customer);
    record.put("total", order.total);
    record.put("tags", order.tags);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<>(schema).write(record, encoder);
    encoder.flush();
    return bytes.toByteArray();
  }

  /** Behind the number of the message's type among those of its file. */
  private static byte[] protobuf(Order order) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeUInt32NoTag(0);
    out.writeInt64(1, order.id);
    out.writeString(2, order.customer);
    out.writeDouble(3, order.total);
    for (String tag : order.tags) {
      out.writeString(4, tag);
    }
    out.flush();
    return bytes.toByteArray();
  }
}
