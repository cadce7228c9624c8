package dev.millrace.read;

import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import org.jspecify.annotations.Nullable;

/** A call to the service failed. The kind says what a reader can do about it. */
public final class KinesisException extends MillraceException {
  private static final long serialVersionUID = 1L;

  /** Why a call failed, by what follows from it. */
  public enum Kind {
    /** Call again later. */
    THROTTLED(ErrorCode.THROTTLED),
    /** The network or the service failed: a reset, a time-out, a 5xx. Call again. */
    UNAVAILABLE(ErrorCode.EXTERNAL),
    /** Ask for a new iterator where the old one stood. */
    ITERATOR_EXPIRED(ErrorCode.EXTERNAL),
    /** Start listing again. */
    TOKEN_EXPIRED(ErrorCode.EXTERNAL),
    /** The credentials' time is over; a provider may have new ones. */
    CREDENTIALS_EXPIRED(ErrorCode.ACCESS),
    /** No credentials, or no permission: final. */
    ACCESS_DENIED(ErrorCode.ACCESS),
    /** The stream, or the shard, is not there. */
    NOT_FOUND(ErrorCode.NOT_FOUND),
    /** The position means nothing in this shard: a sequence number not its own, a time to come. */
    INVALID_POSITION(ErrorCode.NOT_FOUND),
    /** Somebody else has it at the moment: a consumer's subscription, a consumer's name. */
    IN_USE(ErrorCode.EXTERNAL),
    /** The service does not accept the request. */
    REFUSED(ErrorCode.EXTERNAL);

    private final ErrorCode code;

    Kind(ErrorCode code) {
      this.code = code;
    }
  }

  private final Kind kind;

  public KinesisException(Kind kind, String message, @Nullable Throwable cause) {
    super(kind.code, message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
