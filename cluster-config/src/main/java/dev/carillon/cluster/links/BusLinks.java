package dev.carillon.cluster.links;

import dev.carillon.broker.Hops;
import dev.carillon.channel.ChannelDelivery;
import dev.carillon.link.LinkAck;
import dev.carillon.link.LinkPing;
import dev.carillon.node.NodeInfo;
import dev.carillon.port.Membership;
import dev.carillon.port.NodeLinks;
import dev.carillon.wire.Incarnation;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Links over the clustered event bus. The bus itself has no flow control and unbounded queues; here
 * every node gets at most a window of frames, and whoever does not acknowledge them is dropped to
 * RESYNC. Peers come from the membership, never from the registry of the bus.
 *
 * <p>Methods may be called from any thread.
 */
public final class BusLinks implements NodeLinks, LinkBus.Handlers {

  private static final Logger LOG = LoggerFactory.getLogger(BusLinks.class);

  private final Vertx vertx;
  private final Context context;
  private final Hops hops;
  private final Membership membership;
  private final LinkOptions options;
  private final Dispatch dispatch = new Dispatch();

  private final Outgoing outgoing;

  // Owned by the event loop of `context`.
  private final LinkBus bus;
  private final LinkLoop loop;
  private final BusCheck test;
  private Incarnation self;

  /**
   * @param context whose event loop owns the links
   * @param heard told when a node falls silent (false), and when it is heard again (true)
   */
  public BusLinks(
      Vertx vertx,
      Context context,
      Membership membership,
      LinkOptions options,
      BiConsumer<Incarnation, Boolean> heard) {
    this.vertx = vertx;
    this.context = context;
    this.hops = new Hops(vertx);
    this.membership = membership;
    this.options = options;
    this.outgoing = new Outgoing(options.outgoingMaxDeliveries());
    this.self = membership.self().incarnation();
    this.bus = new LinkBus(vertx, self, options.queryTimeout(), this);
    this.loop = new LinkLoop(vertx, self, options, bus::data, heard);
    this.test = new BusCheck(bus, loop, this::nameOf);
  }

  /** Begins to receive; succeeds when the cluster knows the addresses of this node. */
  public Future<Void> start() {
    membership.listen((change, node) -> context.runOnContext(go -> connect()));
    return hops.call(
        context,
        () -> {
          vertx.setPeriodic(options.pingInterval().toMillis(), tick -> loop.tick());
          vertx.setPeriodic(
              options.interestLease().toMillis() / 3, tick -> loop.interest().renew());
          return bus.register().onSuccess(registered -> connect());
        });
  }

  /**
   * Goes on under the incarnation that this node has now: with addresses of that name, and with new
   * links. Succeeds when the cluster knows the addresses.
   */
  public Future<Void> renew() {
    return hops.call(
        context,
        () -> {
          self = membership.self().incarnation();
          test.renew();
          loop.renew(self);
          return bus.renew(self).onSuccess(registered -> connect());
        });
  }

  /**
   * Waits until every node that is there now has answered, which it does only when it knows this
   * one, and until both know which channels the other one wants: from then on its broadcasts and
   * what it publishes come here as well. A node that does not answer within {@code
   * links.open_timeout} is not waited for.
   */
  public Future<Void> opened() {
    Waiting waiting = Waiting.atMost(vertx, options.openTimeout());
    return hops.call(context, () -> waiting.until(this::isOpen).map(this::saidOpen));
  }

  private boolean isOpen() {
    connect();
    return loop.unopened().isEmpty();
  }

  private @Nullable Void saidOpen(boolean open) {
    if (!open) {
      LOG.warn(
          "no link to the nodes {} after {}: going on without",
          loop.unopened(),
          options.openTimeout());
    }
    return null;
  }

  /** Waits until the other nodes have everything, but not longer than this, and unregisters. */
  public Future<Void> close(long timeoutMillis) {
    Waiting waiting = Waiting.atMost(vertx, Duration.ofMillis(timeoutMillis));
    return hops.call(
        context,
        () ->
            waiting
                .until(() -> loop.isIdle() && outgoing.isEmpty())
                .compose(done -> bus.unregister()));
  }

  /**
   * Asks this node itself and every other one over the bus, and registers the addresses of this
   * node again when what is for it does not come. Never fails.
   */
  public Future<BusHealth> test() {
    return hops.call(context, () -> test.run(self));
  }

  /** Shows how the links do. */
  public void register(MeterRegistry meters) {
    loop.register(meters);
  }

  /** Bytes that the links hold or have under way, for all nodes together. */
  public Future<Long> bytes() {
    return hops.call(context, () -> Future.succeededFuture(loop.bytes()));
  }

  @Override
  public void publish(ChannelDelivery delivery) {
    if (outgoing.add(delivery)) {
      context.runOnContext(go -> flush());
    }
  }

  @Override
  public Future<Void> follow(String channel) {
    return hops.call(context, () -> loop.interest().follow(channel));
  }

  @Override
  public void unfollow(String channel) {
    context.runOnContext(go -> loop.interest().unfollow(channel));
  }

  @Override
  public void receive(Consumer<List<ChannelDelivery>> deliveries, Runnable resync) {
    context.runOnContext(go -> loop.receive(deliveries, resync));
  }

  @Override
  public <T> void send(Incarnation to, T message) {
    dispatch.requireKnown(message.getClass());
    context.runOnContext(go -> sendNow(to, message));
  }

  @Override
  public <T> void broadcast(T message) {
    dispatch.requireKnown(message.getClass());
    context.runOnContext(
        go -> {
          loop.hearing().reachable().forEach(node -> bus.control(node, message));
          dispatch.message(self, message);
        });
  }

  @Override
  public <T> void onMessage(Class<T> type, MessageHandler<T> handler) {
    dispatch.onMessage(type, handler);
  }

  @Override
  public <Q, R> Future<R> query(Incarnation to, Q question, Class<R> answer) {
    dispatch.requireKnown(question.getClass());
    return hops.call(context, () -> ask(to, question, answer));
  }

  @Override
  public <Q, R> void onQuery(Class<Q> type, Function<Q, Future<R>> answerer) {
    dispatch.onQuery(type, answerer);
  }

  @Override
  public void data(Object body) {
    loop.data(body);
  }

  @Override
  public void control(Incarnation from, Object body) {
    loop.heard(from);
    dispatch.message(from, body);
  }

  @Override
  public void query(Object body, Message<Object> question) {
    if (body instanceof LinkPing ping) {
      question.reply(new LinkAck(self, ping.link(), ping.sequence()));
      return;
    }
    dispatch
        .answer(body)
        .onSuccess(question::reply)
        .onFailure(failure -> question.fail(1, String.valueOf(failure.getMessage())));
  }

  private void sendNow(Incarnation to, Object message) {
    if (to.equals(self)) {
      dispatch.message(self, message);
    } else if (loop.hearing().reaches(to)) {
      bus.control(to, message);
    }
  }

  private <R> Future<R> ask(Incarnation to, Object question, Class<R> answer) {
    if (to.equals(self)) {
      return dispatch
          .answer(question)
          .map(answer::cast)
          .timeout(options.queryTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }
    return loop.hearing().reaches(to)
        ? bus.query(to, question, answer)
        : Future.failedFuture(
            new IllegalStateException("node " + to + " (expected: one that is heard)"));
  }

  /** What was published in one turn of the caller's loop goes out in one batch. */
  private void flush() {
    List<ChannelDelivery> batch = new ArrayList<>();
    if (outgoing.drainTo(batch)) {
      context.runOnContext(go -> flush());
    }
    loop.publish(batch);
    if (outgoing.hasOverflown()) {
      loop.lose();
    }
  }

  private String nameOf(Incarnation incarnation) {
    return membership.nodes().stream()
        .filter(node -> node.incarnation().equals(incarnation))
        .map(NodeInfo::name)
        .findFirst()
        .orElseGet(incarnation::toString);
  }

  private void connect() {
    loop.connect(membership.nodes().stream().map(NodeInfo::incarnation).toList());
  }
}
