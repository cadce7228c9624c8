package dev.millrace.emulator.http;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection, or one stream of an HTTP/2 connection: a request at a time, its reply written
 * without copying record data.
 */
@SuppressWarnings(
    "FutureReturnValueIgnored") // A write that fails closes the channel: all there is.
final class HttpConnection extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private final RequestHandler handler;
  private final InstantSource clock;
  private @Nullable EventPump pump;

  HttpConnection(RequestHandler handler, InstantSource clock) {
    this.handler = handler;
    this.clock = clock;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    if (pump != null) {
      // A client of HTTP/1.1 that asks again amid an answer without end has lost its way.
      context.close();
      return;
    }
    boolean keepAlive = HttpUtil.isKeepAlive(request);
    if (!request.method().equals(HttpMethod.POST)) {
      greet(context, keepAlive);
      return;
    }
    Outcome outcome =
        handler.handle(
            new Request(
                request.headers().get("X-Amz-Target"),
                request.headers().get(HttpHeaderNames.CONTENT_TYPE),
                ByteBufUtil.getBytes(request.content())));
    Duration delay = delay(outcome);
    if (delay.equals(Duration.ZERO)) {
      deliver(context, outcome, keepAlive);
    } else {
      // The next request of this connection waits, as it would behind a slow answer.
      context.channel().config().setAutoRead(false);
      context
          .executor()
          .schedule(
              () -> {
                context.channel().config().setAutoRead(true);
                deliver(context, outcome, keepAlive);
              },
              delay.toMillis(),
              TimeUnit.MILLISECONDS);
    }
  }

  private static Duration delay(Outcome outcome) {
    return outcome instanceof Reply reply ? reply.delay() : ((EventReply) outcome).delay();
  }

  private void deliver(ChannelHandlerContext context, Outcome outcome, boolean keepAlive) {
    if (outcome instanceof EventReply events) {
      stream(context, events, keepAlive);
      return;
    }
    Reply reply = (Reply) outcome;
    switch (reply.delivery()) {
      case WHOLE -> send(context, reply, keepAlive);
      case CUT -> sendHalf(context, reply);
      case NONE -> Connections.cut(context.channel());
    }
  }

  private void stream(ChannelHandlerContext context, EventReply reply, boolean keepAlive) {
    if (!context.channel().isActive()) {
      reply.source().close();
      return;
    }
    HttpResponse head = head(HttpResponseStatus.OK, reply.requestId(), reply.contentType());
    HttpUtil.setTransferEncodingChunked(head, true);
    if (!keepAlive) {
      head.headers().set(HttpHeaderNames.CONNECTION, "close");
    }
    context.writeAndFlush(head);
    pump = new EventPump(context, reply.source(), () -> endStream(context, keepAlive));
  }

  private void endStream(ChannelHandlerContext context, boolean keepAlive) {
    pump = null;
    finish(context, keepAlive);
  }

  private void send(ChannelHandlerContext context, Reply reply, boolean keepAlive) {
    context.write(head(reply, keepAlive));
    for (ByteBuffer part : reply.body()) {
      context.write(new DefaultHttpContent(Unpooled.wrappedBuffer(part)));
    }
    finish(context, keepAlive);
  }

  private static void finish(ChannelHandlerContext context, boolean keepAlive) {
    var sent = context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
    if (!keepAlive) {
      sent.addListener(ChannelFutureListener.CLOSE);
    }
  }

  private void sendHalf(ChannelHandlerContext context, Reply reply) {
    long left = reply.bodyBytes() / 2;
    context.write(head(reply, true));
    for (ByteBuffer part : reply.body()) {
      ByteBuffer kept = part.slice(part.position(), (int) Math.min(left, part.remaining()));
      left -= kept.remaining();
      context.write(new DefaultHttpContent(Unpooled.wrappedBuffer(kept)));
    }
    context.flush();
    Connections.cut(context.channel());
  }

  private HttpResponse head(Reply reply, boolean keepAlive) {
    HttpResponse head =
        head(HttpResponseStatus.valueOf(reply.status()), reply.requestId(), reply.contentType());
    head.headers().set(HttpHeaderNames.CONTENT_LENGTH, reply.bodyBytes());
    if (!keepAlive) {
      head.headers().set(HttpHeaderNames.CONNECTION, "close");
    }
    return head;
  }

  private HttpResponse head(HttpResponseStatus status, String requestId, String contentType) {
    HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, status);
    head.headers()
        .set("x-amzn-RequestId", requestId)
        .set(HttpHeaderNames.DATE, HTTP_DATE.format(clock.instant()))
        .set(HttpHeaderNames.CONTENT_TYPE, contentType);
    return head;
  }

  private void greet(ChannelHandlerContext context, boolean keepAlive) {
    byte[] text = "Millrace Kinesis emulator: POST here.\n".getBytes(StandardCharsets.US_ASCII);
    var response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.wrappedBuffer(text));
    response
        .headers()
        .set(HttpHeaderNames.DATE, HTTP_DATE.format(clock.instant()))
        .set(HttpHeaderNames.CONTENT_TYPE, "text/plain")
        .set(HttpHeaderNames.CONTENT_LENGTH, text.length);
    var sent = context.writeAndFlush(response);
    if (!keepAlive) {
      sent.addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    EventPump current = pump;
    if (current != null) {
      current.wake();
    }
    context.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    EventPump current = pump;
    if (current != null) {
      current.stop();
    }
    context.fireChannelInactive();
  }
}
