package dev.millrace.infer;

import dev.millrace.table.Compression;
import dev.millrace.table.Envelope;
import java.util.List;
import java.util.Locale;

/** Says what is in what, from the inside out. */
final class Layers {
  private Layers() {}

  static String of(String format, List<Envelope> outsideIn, Compression outermost, boolean kpl) {
    StringBuilder text = new StringBuilder(format);
    for (int i = outsideIn.size() - 1; i >= 0; i--) {
      text.append(" in ").append(name(outsideIn.get(i)));
    }
    if (outermost != Compression.UNCOMPRESSED) {
      text.append(" in ").append(name(outermost));
    }
    return text.append(kpl ? " in KPL" : "").toString();
  }

  private static String name(Envelope envelope) {
    if (envelope instanceof Envelope.Compressed compressed) {
      return name(compressed.compression());
    } else if (envelope instanceof Envelope.Base64) {
      return "base64";
    } else if (envelope instanceof Envelope.GlueHeader) {
      return "Glue Schema Registry";
    } else if (envelope instanceof Envelope.CloudWatchLogs) {
      return "CloudWatch Logs";
    } else if (envelope instanceof Envelope.JsonLines) {
      return "JSON lines";
    } else if (envelope instanceof Envelope.Lines) {
      return "lines";
    } else if (envelope instanceof Envelope.DynamoDbJson) {
      return "DynamoDB JSON";
    }
    return envelope.holdsOne() ? "a JSON wrapper" : "a JSON array";
  }

  private static String name(Compression compression) {
    return compression == Compression.AUTOMATIC
        ? "partly compressed data"
        : compression.name().toLowerCase(Locale.ROOT);
  }
}
