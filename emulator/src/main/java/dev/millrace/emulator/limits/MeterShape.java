package dev.millrace.emulator.limits;

/** How an allowance of so many units a second is spread over time. */
public enum MeterShape {
  UNLIMITED,
  FIXED_WINDOW,
  TOKEN_BUCKET;

  Meter meter(long perSecond) {
    return switch (this) {
      case UNLIMITED -> new Unlimited();
      case FIXED_WINDOW -> new FixedWindow(perSecond);
      case TOKEN_BUCKET -> new TokenBucket(perSecond);
    };
  }
}
