package dev.millrace.cli;

import dev.millrace.read.ConsumerName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Who we are among the processes that register consumers.
 *
 * @param host the machine's name, as consumers carry it
 * @param processes tells when the process of a number started
 */
record ThisProcess(long pid, Instant started, String host, Processes processes) {
  /** The start of a process that runs, but when it began is not to be had. */
  static final Instant UNKNOWN = Instant.EPOCH;

  private static final Path LINUX_NAME = Path.of("/proc/sys/kernel/hostname");

  /** The processes of this host. */
  @FunctionalInterface
  interface Processes {
    /** Empty where there is none; {@link #UNKNOWN} where the system does not tell. */
    Optional<Instant> startOf(long pid);
  }

  static ThisProcess find() {
    ProcessHandle self = ProcessHandle.current();
    return new ThisProcess(
        self.pid(), start(self), hostName(), pid -> ProcessHandle.of(pid).map(ThisProcess::start));
  }

  private static Instant start(ProcessHandle process) {
    return process.info().startInstant().orElse(UNKNOWN);
  }

  /** Without the network's help: a name server may take its time. */
  private static String hostName() {
    try {
      return Files.readString(LINUX_NAME).strip();
    } catch (IOException notLinux) {
      try {
        return InetAddress.getLocalHost().getHostName();
      } catch (UnknownHostException e) {
        return "localhost";
      }
    }
  }

  /** The name of a consumer that this process registers. */
  ConsumerName consumer(int number) {
    return new ConsumerName(number, pid, started, host);
  }

  Owner ownerOf(String consumer) {
    Optional<ConsumerName> ours = ConsumerName.parse(consumer);
    if (ours.isEmpty()) {
      return Owner.NOT_OURS;
    }
    ConsumerName name = ours.get();
    if (!name.host().equals(consumer(0).host())) {
      return Owner.OTHER_HOST;
    }
    if (name.isLeftover(host, number -> startOf(number, name))) {
      return Owner.LEFTOVER;
    }
    return name.pid() == pid ? Owner.THIS_PROCESS : Owner.OTHER_PROCESS;
  }

  /** A process that runs may well be the one: what it uses is not to be taken from it. */
  private Optional<Instant> startOf(long number, ConsumerName name) {
    return processes.startOf(number).map(start -> start.equals(UNKNOWN) ? name.started() : start);
  }

  /** Whose a consumer is. */
  enum Owner {
    THIS_PROCESS("this process"),
    OTHER_PROCESS("another process on this host"),
    LEFTOVER("leftover of this host"),
    OTHER_HOST("another host's"),
    NOT_OURS("not ours");

    private final String words;

    Owner(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }
}
