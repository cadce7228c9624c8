package dev.millrace.decode.envelope;

import dev.millrace.table.Compression;

/** Compressed data. */
final class CompressedOpener implements Opener {
  private final Decompression decompression;

  CompressedOpener(Compression compression) {
    this.decompression = new Decompression(compression);
  }

  @Override
  public void open(byte[] buffer, int offset, int length, MessageContext context, Messages inner) {
    String problem = decompression.open(buffer, offset, length, context.left());
    if (problem == null) {
      context.spend(decompression.made());
      inner.message(decompression.buffer(), decompression.offset(), decompression.length());
    } else {
      context.waste(decompression.made());
      inner.damaged(problem);
    }
  }
}
