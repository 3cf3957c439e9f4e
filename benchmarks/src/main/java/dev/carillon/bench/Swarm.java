package dev.carillon.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Many clients of one server on one thread. */
final class Swarm implements AutoCloseable {

  /** Connections that are being opened at a time, so that the backlog of the server suffices. */
  private static final int OPENING = 64;

  private static final int READY_SECONDS = 120;

  /** One client in so many reads the times in publications. */
  private static final int TIMED = 50;

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final LoadCounts counts = new LoadCounts();
  private final int port;
  private final @Nullable SslContext tls;
  private int opened;

  Swarm(int port, boolean tls) throws SSLException {
    this.port = port;
    this.tls =
        tls
            ? SslContextBuilder.forClient()
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .build()
            : null;
  }

  LoadCounts counts() {
    return counts;
  }

  /** Opens clients that send these commands, and waits for their replies. */
  List<Channel> open(int count, String commands) throws InterruptedException {
    List<Channel> channels = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      boolean timed = i % TIMED == 0;
      channels.add(one(new LoadClient(counts, commands, timed)));
      opened++;
      while (opened - counts.ready.get() > OPENING) {
        counts.check();
        TimeUnit.MILLISECONDS.sleep(1);
      }
    }
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_SECONDS);
    while (counts.ready.get() < opened) {
      counts.check();
      if (System.nanoTime() > end) {
        throw new IllegalStateException(counts.ready.get() + " of " + opened + " are ready");
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
    return channels;
  }

  /** Opens so many clients and closes them again, few at a time, and leaves none behind. */
  void churn(int count, String commands) throws InterruptedException {
    for (int done = 0; done < count; done += OPENING) {
      for (Channel channel : open(OPENING, commands)) {
        channel.pipeline().get(LoadClient.class).leave(channel);
      }
    }
  }

  /** Opens one more, for the caller to write with. */
  Channel one(LoadClient client) throws InterruptedException {
    return new Bootstrap()
        .group(group)
        .channel(EpollSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                if (tls != null) {
                  channel.pipeline().addLast(tls.newHandler(channel.alloc()));
                }
                channel.pipeline().addLast(client);
              }
            })
        .connect("127.0.0.1", port)
        .sync()
        .channel();
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
