package dev.carillon.port;

import dev.carillon.channel.ChannelDelivery;
import dev.carillon.hub.Connections;
import dev.carillon.node.NodeInfo;
import dev.carillon.wire.Incarnation;
import dev.carillon.wire.WireCodec;
import dev.carillon.wire.WireCodecs;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** One node of a {@link MemoryCluster}: its membership and its links. */
public final class MemoryNode implements Membership, NodeLinks {

  private final MemoryCluster cluster;
  private final NodeInfo self;
  private final Context context;
  private final Connections connections = new Connections();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final Map<Class<?>, MessageHandler<Object>> handlers = new ConcurrentHashMap<>();
  private final Map<Class<?>, Function<Object, Future<?>>> answerers = new ConcurrentHashMap<>();
  private volatile Predicate<Object> loses = message -> false;

  MemoryNode(MemoryCluster cluster, NodeInfo self, Vertx vertx) {
    this.cluster = cluster;
    this.self = self;
    this.context = vertx.getOrCreateContext();
  }

  /** Messages and questions of this node that match are lost on the way from now on. */
  public void lose(Predicate<Object> lost) {
    loses = lost;
  }

  /** This node's ports; broker and presence are absent and fail when called. */
  public Ports ports() {
    return new Ports(
        absent(Broker.class),
        absent(PresenceManager.class),
        cluster.sessions(),
        this,
        this,
        connections,
        new SimpleMeterRegistry());
  }

  public Connections connections() {
    return connections;
  }

  @Override
  public NodeInfo self() {
    return self;
  }

  @Override
  public List<NodeInfo> nodes() {
    return cluster.live().stream().map(MemoryNode::self).toList();
  }

  @Override
  public boolean isSuspect(Incarnation node) {
    return false;
  }

  @Override
  public void listen(Listener listener) {
    listeners.add(listener);
  }

  @Override
  public void announce(List<String> publicUrls) {
    throw new UnsupportedOperationException("announce");
  }

  @Override
  public void publish(ChannelDelivery delivery) {
    throw new UnsupportedOperationException("publish");
  }

  @Override
  public void receive(Consumer<List<ChannelDelivery>> deliveries, Runnable resync) {
    throw new UnsupportedOperationException("receive");
  }

  @Override
  public <T> void send(Incarnation to, T message) {
    Object arrived = overTheWire(message);
    if (!loses.test(message)) {
      reachable(to).forEach(node -> node.arrive(self.incarnation(), arrived));
    }
  }

  @Override
  public <T> void broadcast(T message) {
    nodes().forEach(node -> send(node.incarnation(), message));
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T> void onMessage(Class<T> type, MessageHandler<T> handler) {
    handlers.put(type, (MessageHandler<Object>) handler);
  }

  @Override
  public <Q, R> Future<R> query(Incarnation to, Q question, Class<R> answer) {
    if (loses.test(question) || reachable(to).isEmpty()) {
      return Future.failedFuture("no answer");
    }
    Object arrived = overTheWire(question);
    return reachable(to).get(0).ask(arrived).map(said -> answer.cast(overTheWire(said)));
  }

  @Override
  @SuppressWarnings("unchecked")
  public <Q, R> void onQuery(Class<Q> type, Function<Q, Future<R>> answerer) {
    answerers.put(type, question -> answerer.apply((Q) question));
  }

  void tell(Change change, NodeInfo node) {
    context.runOnContext(turn -> listeners.forEach(listener -> listener.changed(change, node)));
  }

  private List<MemoryNode> reachable(Incarnation to) {
    boolean isLive = cluster.live().contains(this);
    return cluster.live().stream()
        .filter(node -> isLive && node.self.incarnation().equals(to))
        .toList();
  }

  private void arrive(Incarnation from, Object message) {
    MessageHandler<Object> handler = handlers.get(message.getClass());
    if (handler != null) {
      context.runOnContext(turn -> handler.handle(from, message));
    }
  }

  private Future<Object> ask(Object question) {
    Function<Object, Future<?>> answerer = answerers.get(question.getClass());
    if (answerer == null) {
      return Future.failedFuture("nobody answers " + question.getClass());
    }
    Promise<Object> promise = Promise.promise();
    context.runOnContext(
        turn -> answerer.apply(question).<Object>map(said -> said).onComplete(promise));
    return promise.future();
  }

  @SuppressWarnings("unchecked")
  private static Object overTheWire(Object message) {
    for (WireCodec<?> codec : WireCodecs.all()) {
      if (codec.type().equals(message.getClass())) {
        return codec.decode(((WireCodec<Object>) codec).encode(message));
      }
    }
    throw new IllegalArgumentException(message.getClass() + " (expected: a type in WireCodecs)");
  }

  private static <T> T absent(Class<T> port) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> {
              throw new UnsupportedOperationException(method.toString());
            }));
  }
}
