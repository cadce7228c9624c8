package dev.millrace.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The user's wish that a command ends, as Ctrl-C says it. Thread-safe. */
public final class StopSignal {
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final List<Thread> waiting = new ArrayList<>();

  /** Says it, for good. */
  public synchronized void stop() {
    stopped.countDown();
    waiting.forEach(Thread::interrupt);
  }

  public boolean isStopped() {
    return stopped.getCount() == 0;
  }

  void await() throws InterruptedException {
    stopped.await();
  }

  /** Until it is closed, the calling thread is interrupted when the wish comes. */
  synchronized Interruption interruptThisThread() {
    Thread thread = Thread.currentThread();
    waiting.add(thread);
    if (isStopped()) {
      thread.interrupt();
    }
    return new Interruption(thread);
  }

  /** A thread that is to be interrupted; an interrupt does not outlive it. */
  final class Interruption implements AutoCloseable {
    private final Thread thread;

    private Interruption(Thread thread) {
      this.thread = thread;
    }

    @Override
    public void close() {
      synchronized (StopSignal.this) {
        waiting.remove(thread);
        if (isStopped()) {
          Thread.interrupted();
        }
      }
    }
  }
}
