package dev.millrace.read;

/** Waiting, as a port: a thread sleeps, a simulator moves its clock. */
public interface Pause {
  void nanos(long nanos);

  /** Waits on the calling thread. An interrupt ends the wait early and stays set. */
  static Pause sleeping() {
    return java.util.concurrent.locks.LockSupport::parkNanos;
  }
}
