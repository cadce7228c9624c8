package dev.millrace.decode.envelope;

/** Opens envelopes of one kind. Reuses its buffers: one thread at a time. */
interface Opener {

  /**
   * Gives what the envelope holds.
   *
   * @param context what an envelope says about the messages it holds
   * @param inner takes the messages
   */
  void open(byte[] buffer, int offset, int length, MessageContext context, Messages inner);
}
