package dev.millrace.emulator.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import java.time.InstantSource;

/**
 * The handlers of either protocol. A stream of HTTP/2 is a channel of its own that carries the same
 * messages as a connection of HTTP/1.1: what handles them need not know which it is.
 *
 * @param clock gives the Date header
 */
record Protocols(RequestHandler handler, InstantSource clock) {
  /** A PutRecords of 10 MiB is 14 MB of base64, plus 500 keys. */
  private static final int MAX_REQUEST_BYTES = 16 * 1024 * 1024;

  void http1(ChannelPipeline pipeline) {
    pipeline.addLast(new HttpServerCodec());
    addRequests(pipeline);
  }

  void http2(ChannelPipeline pipeline) {
    pipeline
        // A connection that is closed takes its subscriptions with it, and waits for none.
        .addLast(Http2FrameCodecBuilder.forServer().gracefulShutdownTimeoutMillis(0).build())
        .addLast(new Http2MultiplexHandler(new StreamHandlers()))
        .addLast(new LastHandler());
  }

  private void addRequests(ChannelPipeline pipeline) {
    pipeline
        .addLast(new HttpObjectAggregator(MAX_REQUEST_BYTES))
        .addLast(new HttpConnection(handler, clock))
        .addLast(new LastHandler());
  }

  private final class StreamHandlers extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel stream) {
      stream.pipeline().addLast(new Http2StreamFrameToHttpObjectCodec(true));
      addRequests(stream.pipeline());
    }
  }
}
