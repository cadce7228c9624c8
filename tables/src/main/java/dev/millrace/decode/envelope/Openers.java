package dev.millrace.decode.envelope;

import dev.millrace.table.Envelope;

/** The opener of each kind of envelope. */
final class Openers {
  private Openers() {}

  static Opener of(Envelope envelope) {
    if (envelope instanceof Envelope.Compressed compressed) {
      return new CompressedOpener(compressed.compression());
    } else if (envelope instanceof Envelope.Base64) {
      return new Base64Opener();
    } else if (envelope instanceof Envelope.GlueHeader) {
      return new GlueHeaderOpener();
    } else if (envelope instanceof Envelope.CloudWatchLogs) {
      return new CloudWatchLogsOpener();
    } else if (envelope instanceof Envelope.JsonWrapper wrapper) {
      return new JsonWrapperOpener(wrapper);
    } else if (envelope instanceof Envelope.JsonLines) {
      return new JsonLinesOpener();
    } else if (envelope instanceof Envelope.Lines) {
      return new LinesOpener();
    } else if (envelope instanceof Envelope.DynamoDbJson) {
      return new DynamoDbJsonOpener();
    }
    throw new AssertionError(envelope);
  }
}
