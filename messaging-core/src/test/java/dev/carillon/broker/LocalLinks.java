package dev.carillon.broker;

import dev.carillon.channel.ChannelDelivery;
import dev.carillon.port.NodeLinks;
import dev.carillon.wire.Incarnation;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** Links between the nodes of a {@link LocalNetwork}: calls from one event loop to another. */
public final class LocalLinks implements NodeLinks {

  private final Vertx vertx;
  private final LocalNetwork network;
  private final Incarnation self;
  private final Context context;
  private final Map<Class<?>, MessageHandler<Object>> handlers = new ConcurrentHashMap<>();
  private final Map<Class<?>, Function<Object, Future<?>>> answerers = new ConcurrentHashMap<>();
  private volatile Consumer<List<ChannelDelivery>> deliveries = nobody -> {};
  private volatile Runnable resync = () -> {};
  private volatile Predicate<ChannelDelivery> lost = delivery -> false;
  private volatile Predicate<Object> lostMessages = message -> false;

  LocalLinks(Vertx vertx, LocalNetwork network, Incarnation self, Context context) {
    this.vertx = vertx;
    this.network = network;
    this.self = self;
    this.context = context;
  }

  /** Which deliveries from other nodes never get here, from now on. */
  public void lose(Predicate<ChannelDelivery> which) {
    lost = which;
  }

  /** Which messages and questions to this node never get here, from now on. */
  public void loseMessages(Predicate<Object> which) {
    lostMessages = which;
  }

  /** Says that something was lost. */
  public void resync() {
    context.runOnContext(go -> resync.run());
  }

  @Override
  public void publish(ChannelDelivery delivery) {
    network.links().values().stream()
        .filter(peer -> peer != this)
        .forEach(peer -> peer.take(delivery));
  }

  /** Every node gets everything. */
  @Override
  public Future<Void> follow(String channel) {
    return Future.succeededFuture();
  }

  @Override
  public void unfollow(String channel) {}

  @Override
  public void receive(Consumer<List<ChannelDelivery>> taker, Runnable onResync) {
    deliveries = taker;
    resync = onResync;
  }

  @Override
  public <T> void send(Incarnation to, T message) {
    LocalLinks peer = network.links().get(to);
    if (peer != null) {
      peer.handle(self, message);
    }
  }

  @Override
  public <T> void broadcast(T message) {
    network.links().values().forEach(peer -> peer.handle(self, message));
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T> void onMessage(Class<T> type, MessageHandler<T> handler) {
    handlers.put(type, (MessageHandler<Object>) handler);
  }

  @Override
  public <Q, R> Future<R> query(Incarnation to, Q question, Class<R> answer) {
    CompletableFuture<R> outcome = new CompletableFuture<>();
    LocalLinks peer = network.links().get(to);
    if (peer == null || peer.lostMessages.test(question)) {
      outcome.completeExceptionally(new IllegalStateException(to + " (expected: a live node)"));
    } else {
      peer.context.runOnContext(
          go ->
              peer.answer(question)
                  .onSuccess(value -> outcome.complete(answer.cast(value)))
                  .onFailure(outcome::completeExceptionally));
    }
    return Future.fromCompletionStage(outcome, vertx.getOrCreateContext());
  }

  @Override
  @SuppressWarnings("unchecked")
  public <Q, R> void onQuery(Class<Q> type, Function<Q, Future<R>> answerer) {
    answerers.put(type, question -> answerer.apply((Q) question));
  }

  private void take(ChannelDelivery delivery) {
    if (!lost.test(delivery)) {
      context.runOnContext(go -> deliveries.accept(List.of(delivery)));
    }
  }

  private void handle(Incarnation from, Object message) {
    MessageHandler<Object> handler = handlers.get(message.getClass());
    if (handler != null && !lostMessages.test(message)) {
      context.runOnContext(go -> handler.handle(from, message));
    }
  }

  private Future<?> answer(Object question) {
    Function<Object, Future<?>> answerer = answerers.get(question.getClass());
    return answerer == null
        ? Future.failedFuture("nobody answers " + question.getClass().getSimpleName())
        : answerer.apply(question);
  }
}
