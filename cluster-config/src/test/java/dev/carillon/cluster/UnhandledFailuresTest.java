package dev.carillon.cluster;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UnhandledFailuresTest {

  /** Bytes; more than the system takes from somebody whom nobody reads. */
  private static final int LARGE = 32 << 20;

  private final Vertx vertx = Vertx.vertx();
  private final CompletableFuture<Throwable> unhandled = new CompletableFuture<>();

  UnhandledFailuresTest() {
    vertx.exceptionHandler(unhandled::complete);
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  /** As the bus does it: it fails a message that waits, and then its connection breaks. */
  @Test
  void aWriteThatVertxFailsTwiceIsNoDefect() {
    var deaf = new CompletableFuture<NetSocket>();
    var server = vertx.createNetServer().connectHandler(from -> deaf.complete(from.pause()));
    int port = server.listen(0, "127.0.0.1").await().actualPort();
    var socket = vertx.createNetClient().connect(port, "127.0.0.1").await();
    Promise<Void> message = Promise.promise();
    message.fail("the connection broke");

    socket.write(Buffer.buffer(new byte[LARGE])).onComplete(message);
    deaf.thenAccept(NetSocket::close);

    assertTrue(UnhandledFailures.isWriteThatFailedTwice(unhandled.join()));
  }

  @Test
  void anotherPromiseThatIsCompletedTwiceIsOne() {
    Promise<Void> answer = Promise.promise();
    answer.complete();

    vertx.runOnContext(turn -> answer.complete());

    assertFalse(UnhandledFailures.isWriteThatFailedTwice(unhandled.join()));
  }
}
