package dev.millrace.emulator.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Carries an answer that goes on: asks its source when the source woke it, when the client has room
 * again, and at every tick, because the emulator's clock may move without telling. At most one part
 * is waiting to be sent. Runs on the connection's thread; only {@link #wake} is for any.
 */
@SuppressWarnings(
    "FutureReturnValueIgnored") // A write that fails closes the channel: all there is.
final class EventPump {
  private static final long TICK_MILLIS = 25;

  private final ChannelHandlerContext context;
  private final EventSource source;
  private final Runnable onLast;
  private final AtomicBoolean woken = new AtomicBoolean();
  private final ScheduledFuture<?> ticks;
  private boolean over;

  /**
   * @param onLast ends the answer when the source says so
   */
  EventPump(ChannelHandlerContext context, EventSource source, Runnable onLast) {
    this.context = context;
    this.source = source;
    this.onLast = onLast;
    this.ticks =
        context
            .executor()
            .scheduleWithFixedDelay(this::pump, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    source.onChange(this::wake);
    wake();
  }

  void wake() {
    if (woken.compareAndSet(false, true)) {
      try {
        context.executor().execute(this::pump);
      } catch (RejectedExecutionException e) {
        // The emulator is closing: there is nobody left to tell.
      }
    }
  }

  private void pump() {
    woken.set(false);
    if (over || !context.channel().isWritable()) {
      return;
    }
    try {
      send(source.next());
    } catch (RuntimeException e) {
      stop();
      context.fireExceptionCaught(e);
    }
  }

  private void send(EventSource.Part part) {
    switch (part.kind()) {
      case NOTHING -> {}
      case BYTES -> {
        write(part);
        // Asked again later rather than at once: a fast reader must not starve the others.
        wake();
      }
      case LAST -> {
        stop();
        onLast.run();
      }
      case RESET -> {
        stop();
        write(part);
        Connections.reset(context.channel());
      }
      case CUT -> {
        stop();
        write(part);
        Connections.cut(context.channel());
      }
    }
  }

  private void write(EventSource.Part part) {
    ByteBuffer[] body = part.body().toArray(ByteBuffer[]::new);
    context.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(body)));
  }

  /** The client left, or the source has nothing more. */
  void stop() {
    if (!over) {
      over = true;
      ticks.cancel(false);
      source.close();
    }
  }
}
