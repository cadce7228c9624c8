package dev.millrace.verify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A running {@code millrace tail} and the lines it has printed so far. */
final class TailProcess implements AutoCloseable {
  private final Process process;
  private final Path errors;
  private final List<String> lines = new ArrayList<>();
  private final Thread reader;
  private boolean over;

  private TailProcess(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
    this.reader = new Thread(this::read, "tail");
  }

  static TailProcess start(Command command, Path errors) {
    TailProcess tail = new TailProcess(command.start(errors), errors);
    tail.reader.start();
    return tail;
  }

  private void read() {
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        add(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      end();
    }
  }

  private synchronized void add(String line) {
    lines.add(line);
    notifyAll();
  }

  private synchronized void end() {
    over = true;
    notifyAll();
  }

  /** Waits until it has printed so many lines in all. */
  synchronized void awaitLines(int count) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
    while (lines.size() < count) {
      if (over || deadline - System.nanoTime() <= 0) {
        throw new AssertionError(
            lines.size() + " lines were printed, not " + count + ". " + errors());
      }
      TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
    }
  }

  synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  String errors() {
    return Repository.read(errors);
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ctrl-C; the answer is its exit code. */
  int stop() throws InterruptedException {
    Command.pressCtrlC(process);
    return awaitEnd();
  }

  /** No chance to put anything in order. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    awaitEnd();
  }

  int awaitEnd() throws InterruptedException {
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      throw new AssertionError("Still running. " + errors());
    }
    reader.join();
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
