package dev.carillon.chat;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Wires the chat hub: checks that WebSockets can be taken over, and opens a port of its own in a
 * process without an HTTP server. In a process with one, the server mounts {@link ChatHub}.
 */
public final class ChatHubVerticle extends VerticleBase {

  private static final Duration SHUTDOWN_GRACE = Duration.ofSeconds(1);

  private final ChatHub hub;
  private final @Nullable ListenAddress address;
  private @Nullable ChatListener listener;
  private volatile int actualPort;

  /** In a process whose HTTP server mounts the hub. */
  public ChatHubVerticle(ChatHub hub) {
    this(hub, null);
  }

  /** In a process without an HTTP server. Several instances may share one address. */
  public ChatHubVerticle(ChatHub hub, @Nullable ListenAddress address) {
    this.hub = hub;
    this.address = address;
  }

  @Override
  public Future<?> start() {
    Future<Void> checked = TakeoverCheck.run(vertx);
    return address == null ? checked : checked.compose(fine -> listen(address));
  }

  private Future<?> listen(ListenAddress where) {
    listener = new ChatListener(vertx, context, hub);
    return listener.listen(where).onSuccess(port -> actualPort = port);
  }

  /** The port that was opened; 0 before that and in a process with an HTTP server. */
  public int actualPort() {
    return actualPort;
  }

  @Override
  public Future<?> stop() {
    return listener == null ? Future.succeededFuture() : listener.close(SHUTDOWN_GRACE);
  }
}
