package dev.millrace.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The user's wish that a command ends, as Ctrl-C says it. Thread-safe. */
public final class StopSignal {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final CountDownLatch stopped = new CountDownLatch(1);
  private final List<Thread> waiting = new ArrayList<>();
  private final List<Runnable> actions = new ArrayList<>();
  private int harmless;
  private Duration patience = PATIENCE;

  /** What was asked for until it is closed. */
  interface Registration extends AutoCloseable {
    @Override
    void close();
  }

  /** Says it, for good. */
  public void stop() {
    synchronized (this) {
      stopped.countDown();
      waiting.forEach(Thread::interrupt);
    }
    repeat();
  }

  /** Runs the actions again: what one breaks off may not have begun when it ran before. */
  void repeat() {
    List<Runnable> now;
    synchronized (this) {
      now = List.copyOf(actions);
    }
    now.forEach(Runnable::run);
  }

  public boolean isStopped() {
    return stopped.getCount() == 0;
  }

  void await() throws InterruptedException {
    stopped.await();
  }

  /** Until it is closed, the calling thread is interrupted when the wish comes. */
  synchronized Registration interruptThisThread() {
    Thread thread = Thread.currentThread();
    waiting.add(thread);
    if (isStopped()) {
      thread.interrupt();
    }
    return () -> leave(thread);
  }

  /** An interrupt does not outlive what it was for. */
  private synchronized void leave(Thread thread) {
    waiting.remove(thread);
    if (isStopped()) {
      Thread.interrupted();
    }
  }

  /**
   * Until it is closed, the action is run when the wish comes, on the thread that brings it, and
   * again until it is followed.
   */
  Registration calling(Runnable action) {
    synchronized (this) {
      actions.add(action);
    }
    if (isStopped()) {
      action.run();
    }
    return () -> forget(action);
  }

  private synchronized void forget(Runnable action) {
    actions.remove(action);
  }

  /** Until it is closed, nothing is being changed anywhere: the process may end where it stands. */
  synchronized Registration endingAnywhere() {
    harmless++;
    return this::endingInOrder;
  }

  private synchronized void endingInOrder() {
    harmless--;
  }

  synchronized boolean mayEndAnywhere() {
    return harmless > 0;
  }

  /** How long the process waits for the command to end in order. */
  synchronized Duration patience() {
    return patience;
  }

  /** For what has to be put in order elsewhere first. */
  synchronized void waitFor(Duration time) {
    patience = time;
  }
}
