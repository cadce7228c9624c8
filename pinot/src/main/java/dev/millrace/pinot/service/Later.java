package dev.millrace.pinot.service;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs something after a while: what fails says so itself. */
public interface Later {
  void run(Duration delay, Runnable task);

  /** On one thread of that name, which ends while there is nothing to run. */
  static Later onThread(String name) {
    ScheduledThreadPoolExecutor thread =
        new ScheduledThreadPoolExecutor(
            1,
            runnable -> {
              Thread made = new Thread(runnable, name);
              made.setDaemon(true);
              return made;
            });
    thread.setKeepAliveTime(30, TimeUnit.SECONDS);
    thread.allowCoreThreadTimeOut(true);
    return (delay, task) -> {
      var unused = thread.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    };
  }
}
