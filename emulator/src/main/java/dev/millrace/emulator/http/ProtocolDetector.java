package dev.millrace.emulator.http;

import static io.netty.handler.codec.http2.Http2CodecUtil.connectionPrefaceBuf;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Tells HTTP/2 with prior knowledge from HTTP/1.1 by the first bytes of a connection, then makes
 * room for the handlers of either.
 */
@SuppressWarnings("FutureReturnValueIgnored") // The channel is gone either way.
final class ProtocolDetector extends ByteToMessageDecoder {
  private final ByteBuf preface = connectionPrefaceBuf();
  private final Protocols protocols;

  ProtocolDetector(Protocols protocols) {
    this.protocols = protocols;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    int seen = Math.min(in.readableBytes(), preface.readableBytes());
    boolean matches =
        in.slice(in.readerIndex(), seen).equals(preface.slice(preface.readerIndex(), seen));
    if (matches && seen < preface.readableBytes()) {
      return;
    }
    if (matches) {
      protocols.http2(context.pipeline());
    } else {
      protocols.http1(context.pipeline());
    }
    context.pipeline().remove(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // It said nothing that could be answered: a handshake that failed, or a connection that broke.
    context.close();
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext context) {
    preface.release();
  }
}
