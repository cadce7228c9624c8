package dev.millrace.read;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A few threads that run any number of readers, each when it is due. A call holds its thread, so
 * there are never more calls in flight than threads; threads come with the readers that need them.
 */
final class ReaderThreads implements AutoCloseable {

  /**
   * A reader's next turn.
   *
   * @param turn void where another took it, as the deadline of a push that came
   * @param charged what the event holds of the reader's memory already
   */
  record Turn(RunningReader reader, long turn, Event event, long dueNanos, long charged)
      implements Delayed {

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(dueNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.signum(dueNanos - ((Turn) other).dueNanos);
    }
  }

  private final int most;
  private final DelayQueue<Turn> due = new DelayQueue<>();
  private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();
  private final AtomicInteger readers = new AtomicInteger();
  private volatile boolean closed;

  ReaderThreads(int most) {
    this.most = most;
  }

  /** Starts a reader; its outlet hears of everything else. */
  RunningReader start(ShardReader reader, Kinesis kinesis, Outlet outlet, long firstReserve) {
    RunningReader running =
        new RunningReader(reader, new StepCalls(kinesis), outlet, this, firstReserve);
    addThreadFor(readers.incrementAndGet());
    running.start();
    return running;
  }

  private synchronized void addThreadFor(int running) {
    if (!closed && threads.size() < Math.min(running, most)) {
      Thread thread = new Thread(this::work, "millrace-fetch-" + threads.size());
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  void add(Turn turn) {
    due.add(turn);
  }

  void remove(Turn turn) {
    due.remove(turn);
  }

  void ended() {
    readers.decrementAndGet();
  }

  private void work() {
    try {
      while (!closed) {
        Turn turn = due.take();
        turn.reader().take(turn);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // close() asked for the end of this thread.
    }
  }

  /** Ends the threads. Whoever started readers cancels them first. */
  @Override
  public synchronized void close() {
    closed = true;
    threads.forEach(Thread::interrupt);
    due.clear();
  }
}
