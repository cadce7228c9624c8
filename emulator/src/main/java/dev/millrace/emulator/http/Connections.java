package dev.millrace.emulator.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2StreamChannel;

/** The ways to leave a client in the middle of an answer. */
@SuppressWarnings("FutureReturnValueIgnored") // The channel is gone either way.
final class Connections {

  private Connections() {}

  /** Resets one HTTP/2 stream, and leaves the connection and its other streams alone. */
  static void reset(Channel channel) {
    if (channel instanceof Http2StreamChannel) {
      channel.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.INTERNAL_ERROR));
    } else {
      cut(channel);
    }
  }

  /**
   * Closes the connection once what was written is sent, with all streams it carries. The client is
   * told nothing, as it would not be by a network that fails.
   */
  static void cut(Channel channel) {
    Channel connection = channel instanceof Http2StreamChannel ? channel.parent() : channel;
    connection
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(written -> connection.unsafe().close(connection.voidPromise()));
  }
}
