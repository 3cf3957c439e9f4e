package dev.carillon.hub;

import static dev.carillon.broker.Eventually.eventually;

import dev.carillon.protocol.Disconnect;
import dev.carillon.protocol.Encoding;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.Context;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A client of a hub on a transport in memory, which frames as a socket does. */
final class TestClient implements Transport {

  private final Context context;
  private final ClientConnection connection;

  /** One for each reply, and the frame that each came in. */
  final List<String> frames = new CopyOnWriteArrayList<>();

  final List<ByteBuf> framed = new CopyOnWriteArrayList<>();
  volatile @Nullable Disconnect closed;
  volatile int flushes;
  volatile long queued;
  volatile boolean broken;

  private TestClient(Hub hub) {
    this.context = hub.context();
    this.connection = hub.open(this, Encoding.JSON);
  }

  static TestClient open(Hub hub) {
    return on(hub.context(), () -> new TestClient(hub));
  }

  /** Connects with this token. */
  TestClient connect(String token) {
    send("{\"id\":1,\"connect\":{\"token\":\"" + token + "\",\"name\":\"test\"}}");
    return this;
  }

  void send(String frame) {
    byte[] bytes = frame.getBytes(StandardCharsets.UTF_8);
    context.runOnContext(go -> connection.received(bytes));
  }

  String clientId() {
    return connection.id();
  }

  void hangUp() {
    context.runOnContext(go -> connection.closed());
  }

  /** The first frame that contains the text, when it has come. */
  String await(String text) {
    eventually(() -> "no " + text + " in " + frames, () -> find(text) != null);
    return String.valueOf(find(text));
  }

  @Nullable String find(String text) {
    return frames.stream().filter(frame -> frame.contains(text)).findFirst().orElse(null);
  }

  Disconnect awaitClose() {
    eventually(() -> "open: " + frames, () -> closed != null);
    Disconnect reason = closed;
    return reason == null ? Disconnect.CONNECTION_CLOSED : reason;
  }

  static <T> T on(Context context, Supplier<T> work) {
    var done = new CompletableFuture<T>();
    context.runOnContext(
        go -> {
          try {
            done.complete(work.get());
          } catch (RuntimeException failure) {
            done.completeExceptionally(failure);
          }
        });
    return done.orTimeout(60, TimeUnit.SECONDS).join();
  }

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public String remoteAddress() {
    return "127.0.0.1:1";
  }

  @Override
  public void send(Frame frame) {
    if (broken) {
      throw new IllegalStateException("broken by the test");
    }
    ByteBuf once = frame.framed(payload -> Unpooled.copiedBuffer(payload.array()));
    for (String reply : once.toString(StandardCharsets.UTF_8).split("\n")) {
      framed.add(once);
      frames.add(reply);
    }
  }

  @Override
  public void flush() {
    flushes++;
  }

  @Override
  public void reading(boolean wanted) {}

  @Override
  public long queuedBytes() {
    return queued;
  }

  @Override
  public void close(Disconnect disconnect) {
    closed = disconnect;
  }
}
