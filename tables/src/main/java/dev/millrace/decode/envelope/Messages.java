package dev.millrace.decode.envelope;

/** Takes what an envelope holds, in order. Arrays are valid during the call only. */
public interface Messages {

  void message(byte[] buffer, int offset, int length);

  /** Something in the envelope cannot be opened; it takes the place of a message. */
  void damaged(String reason);
}
