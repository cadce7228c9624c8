package dev.millrace.emulator.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A server of HTTP/1.1 and HTTP/2 on one address. */
public final class HttpServer implements AutoCloseable {
  private final EventLoopGroup threads;
  private final ChannelGroup connections;
  private final Channel listener;

  private HttpServer(EventLoopGroup threads, ChannelGroup connections, Channel listener) {
    this.threads = threads;
    this.connections = connections;
    this.listener = listener;
  }

  /**
   * Listens on {@code host} and {@code port}; 0 lets the system pick.
   *
   * @param clock gives the Date header
   * @param identity empty for a server without TLS
   */
  public static HttpServer start(
      String host,
      int port,
      RequestHandler handler,
      InstantSource clock,
      Optional<TlsIdentity> identity) {
    EventLoopGroup threads =
        new MultiThreadIoEventLoopGroup(
            new DefaultThreadFactory("kinesis-emulator", true), NioIoHandler.newFactory());
    ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(threads)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                handlers(
                    new Protocols(handler, clock), connections, identity.map(TlsContexts::of)));
    ChannelFuture bound = bootstrap.bind(host, port).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      threads.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
      throw new IllegalStateException(
          "The emulator cannot listen on %s:%d: %s"
              .formatted(host, port, bound.cause().getMessage()),
          bound.cause());
    }
    return new HttpServer(threads, connections, bound.channel());
  }

  private static ChannelInitializer<SocketChannel> handlers(
      Protocols protocols, ChannelGroup connections, Optional<SslContext> tls) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(SocketChannel channel) {
        connections.add(channel);
        tls.ifPresent(context -> channel.pipeline().addLast(context.newHandler(channel.alloc())));
        // By its first bytes even with TLS: a client that knows what it wants need not negotiate.
        channel.pipeline().addLast(new ProtocolDetector(protocols));
      }
    };
  }

  public int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  /** Stops listening and closes every connection. */
  @Override
  public void close() {
    listener.close().syncUninterruptibly();
    connections.close().awaitUninterruptibly();
    threads.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
