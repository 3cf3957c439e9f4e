package dev.carillon.hub;

import static dev.carillon.config.OptionReader.defaults;

import dev.carillon.port.Ports;
import dev.carillon.session.ChannelOptions;
import dev.carillon.session.ClientOptions;
import dev.carillon.session.Namespaces;
import dev.carillon.session.RpcOptions;
import dev.carillon.session.SessionSettings;
import dev.carillon.token.TokenVerifier;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The hubs of this process, one for each event loop that has a gateway. All gateways of the process
 * share them. May be used from any thread.
 */
public final class Hubs {

  private final Vertx vertx;
  private final HubShare share;
  private final Map<Thread, Hub> byEventLoop = new ConcurrentHashMap<>();

  /** With a server that has no methods to call. */
  public Hubs(
      Vertx vertx,
      Ports ports,
      ClientOptions client,
      ChannelOptions channels,
      TokenVerifier tokens) {
    this(vertx, ports, settings(ports, client, channels, defaults(RpcOptions.class)), tokens);
  }

  /**
   * @param settings see {@link #settings}
   */
  public Hubs(Vertx vertx, Ports ports, SessionSettings settings, TokenVerifier tokens) {
    this.vertx = vertx;
    this.share =
        new HubShare(
            ports, settings, tokens, new HubMeters(ports.meters()), new Users(ports.links()));
  }

  /** What all clients of the node have in common. */
  public static SessionSettings settings(
      Ports ports, ClientOptions client, ChannelOptions channels, RpcOptions rpc) {
    String version = "Carillon " + ports.membership().self().version();
    return new SessionSettings(client, new Namespaces(channels), rpc, version);
  }

  /**
   * The hub of the current event loop. A gateway asks for it once, when it is mounted.
   *
   * @throws IllegalStateException when the caller is on no event loop
   */
  public Hub here() {
    if (!Context.isOnEventLoopThread()) {
      throw new IllegalStateException(
          Thread.currentThread().getName() + " (expected: an event loop of Vert.x)");
    }
    Hub hub =
        byEventLoop.computeIfAbsent(
            Thread.currentThread(), thread -> new Hub(vertx.getOrCreateContext(), share));
    hub.attend();
    return hub;
  }
}
