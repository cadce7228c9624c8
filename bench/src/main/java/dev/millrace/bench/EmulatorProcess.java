package dev.millrace.bench;

import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.KinesisEmulator;

/** The emulator as a process of its own: prints its port and runs until it is ended. */
final class EmulatorProcess {

  private EmulatorProcess() {}

  public static void main(String[] args) throws InterruptedException {
    try (KinesisEmulator emulator = KinesisEmulator.start(EmulatorOptions.defaults())) {
      System.out.println(emulator.port());
      Thread.currentThread().join();
    }
  }
}
