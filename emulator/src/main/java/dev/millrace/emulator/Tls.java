package dev.millrace.emulator;

/** Whether an emulator speaks TLS. */
public enum Tls {
  OFF,
  /** With a key and a certificate made at the start: see {@link KinesisEmulator#certificate}. */
  SELF_SIGNED
}
