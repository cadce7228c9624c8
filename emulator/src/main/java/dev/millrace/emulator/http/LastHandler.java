package dev.millrace.emulator.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of a connection's handlers: whatever went wrong before it ends the connection. */
@SuppressWarnings("FutureReturnValueIgnored") // The channel is gone either way.
final class LastHandler extends ChannelInboundHandlerAdapter {
  private static final Logger log = LoggerFactory.getLogger(LastHandler.class);

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // A client that goes away in the middle of an answer is no news.
    if (!(cause instanceof IOException)) {
      log.warn("A connection of the emulator failed", cause);
    }
    context.close();
  }
}
