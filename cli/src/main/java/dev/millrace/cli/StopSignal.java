package dev.millrace.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The user's wish that a command ends, as Ctrl-C says it. Thread-safe. */
public final class StopSignal {
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final List<Runnable> actions = new ArrayList<>();

  /** Runs what was registered, once. */
  public void stop() {
    List<Runnable> due;
    synchronized (actions) {
      stopped.countDown();
      due = List.copyOf(actions);
      actions.clear();
    }
    due.forEach(Runnable::run);
  }

  public boolean isStopped() {
    return stopped.getCount() == 0;
  }

  /** Registers an action; it runs at once where the wish came before. */
  void onStop(Runnable action) {
    synchronized (actions) {
      if (!isStopped()) {
        actions.add(action);
        return;
      }
    }
    action.run();
  }

  /** Waits until stopped, no longer than {@code time}; true when stopped. */
  boolean await(Duration time) throws InterruptedException {
    return stopped.await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  void await() throws InterruptedException {
    stopped.await();
  }
}
