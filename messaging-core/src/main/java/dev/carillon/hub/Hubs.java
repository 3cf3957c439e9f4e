package dev.carillon.hub;

import static dev.carillon.config.OptionReader.defaults;

import dev.carillon.broker.Hops;
import dev.carillon.control.Order;
import dev.carillon.port.Ports;
import dev.carillon.session.ChannelOptions;
import dev.carillon.session.ClientOptions;
import dev.carillon.session.Namespaces;
import dev.carillon.session.RpcOptions;
import dev.carillon.session.SessionSettings;
import dev.carillon.token.TokenVerifier;
import io.vertx.core.CompositeFuture;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The hubs of this process, one for each event loop that has a gateway. All gateways of the process
 * share them. May be used from any thread.
 */
public final class Hubs {

  private final Vertx vertx;
  private final Hops hops;
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
    this.hops = new Hops(vertx);
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
   * Has the order carried out by every hub.
   *
   * @return how many connections were meant
   */
  Future<Integer> obey(Order order) {
    return each(hub -> hub.control().obey(order))
        .map(counts -> counts.stream().mapToInt(Integer::intValue).sum());
  }

  /** What the hubs have; may take a while, so that it is to be asked for by people only. */
  Future<List<HubControl.Holdings>> holdings() {
    return each(hub -> hub.control().holdings());
  }

  private <T> Future<List<T>> each(Function<Hub, T> question) {
    List<Future<T>> answers = new ArrayList<>();
    for (Hub hub : byEventLoop.values()) {
      answers.add(hops.call(hub.context(), () -> Future.succeededFuture(question.apply(hub))));
    }
    return Future.join(answers).map(CompositeFuture::list);
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
