package dev.carillon.chat;

import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes one loopback connection over, at start and before any client comes. It fails when a newer
 * Vert.x has changed what {@link WebSocketTakeover} relies on: better no start than sockets that
 * lose bytes.
 */
final class TakeoverCheck {

  private static final String LOOPBACK = "127.0.0.1";
  private static final String BEHIND = "bytes behind the request";
  private static final String REQUEST =
      "GET / HTTP/1.1\r\nHost: check\r\nConnection: Upgrade\r\nUpgrade: check\r\n\r\n" + BEHIND;

  /** Long enough for a machine that has a hundred other things to do. */
  private static final int TIMEOUT_SECONDS = 60;

  private TakeoverCheck() {}

  /** Succeeds when a socket was taken over with the bytes that came behind its request. */
  static Future<Void> run(Vertx vertx) {
    HttpServer server =
        vertx
            .createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
            .requestHandler(
                request ->
                    WebSocketTakeover.begin(request)
                        .complete(Map.of("Connection", "Upgrade", "Upgrade", "check"), new Echo()));
    NetClient client = vertx.createNetClient();
    return server
        .listen(0, LOOPBACK)
        .compose(listening -> client.connect(listening.actualPort(), LOOPBACK))
        .compose(socket -> answer(vertx, socket))
        .timeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
        .recover(
            cause ->
                Future.failedFuture(
                    new IllegalStateException(
                        "WebSockets can't be taken over from this version of Vert.x (expected:"
                            + " 5.0)",
                        cause)))
        .eventually(client::close)
        .eventually(server::close);
  }

  private static Future<Void> answer(Vertx vertx, NetSocket socket) {
    Promise<Void> answered = Promise.promise();
    Buffer seen = Buffer.buffer();
    socket.handler(
        part -> {
          seen.appendBuffer(part);
          String text = seen.toString();
          if (text.startsWith("HTTP/1.1 101 ") && text.endsWith("\r\n\r\n" + BEHIND)) {
            answered.tryComplete();
          }
        });
    socket.closeHandler(closed -> answered.tryFail("closed after: " + seen));
    socket.write(REQUEST);
    return answered.future();
  }

  /** Sends back what it reads. */
  private static final class Echo implements UpgradedSocket.Listener {

    private @Nullable UpgradedSocket socket;

    @Override
    public void opened(UpgradedSocket opened) {
      socket = opened;
    }

    @Override
    public void read(ByteBuf bytes) {
      if (socket != null && bytes.toString(StandardCharsets.US_ASCII).equals(BEHIND)) {
        socket.write(bytes.retain());
      }
    }

    @Override
    public void readComplete() {
      if (socket != null) {
        socket.flush();
      }
    }

    @Override
    public void shutdown() {
      if (socket != null) {
        socket.close();
      }
    }

    @Override
    public void gone() {
      socket = null;
    }
  }
}
