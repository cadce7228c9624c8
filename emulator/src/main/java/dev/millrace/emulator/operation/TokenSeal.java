package dev.millrace.emulator.operation;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Turns what an iterator or a page token holds into opaque text and back. The seal tells our own
 * tokens from damaged ones and from those of another emulator; it keeps no secret.
 */
final class TokenSeal {
  private static final int SEAL_BYTES = Integer.BYTES;

  private final long key;

  TokenSeal(long key) {
    this.key = key;
  }

  String seal(byte[] content) {
    ByteBuffer sealed = ByteBuffer.allocate(SEAL_BYTES + content.length);
    sealed.putInt(checksum(content)).put(content);
    return Base64.getEncoder().encodeToString(sealed.array());
  }

  /** The content, or nothing if this is no token of ours. */
  Optional<ByteBuffer> open(String token) {
    byte[] sealed;
    try {
      sealed = Base64.getDecoder().decode(token);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    if (sealed.length < SEAL_BYTES) {
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(sealed);
    int claimed = buffer.getInt();
    byte[] content = new byte[buffer.remaining()];
    buffer.get(content);
    return claimed == checksum(content) ? Optional.of(ByteBuffer.wrap(content)) : Optional.empty();
  }

  private int checksum(byte[] content) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(Long.BYTES).putLong(key).flip());
    crc.update(content);
    return (int) crc.getValue();
  }
}
