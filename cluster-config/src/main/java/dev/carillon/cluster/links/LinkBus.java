package dev.carillon.cluster.links;

import dev.carillon.wire.Addresses;
import dev.carillon.wire.Incarnation;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The three addresses of this node on the event bus, and what it sends to those of others. Owned by
 * the event loop of the links.
 */
final class LinkBus {

  private static final Logger LOG = LoggerFactory.getLogger(LinkBus.class);
  private static final String FROM = "from";

  /** Bodies that were read, with their sender. */
  interface Handlers {

    void data(Object body);

    void control(Incarnation from, Object body);

    void query(Object body, Message<Object> question);
  }

  private final EventBus bus;
  private final Handlers handlers;
  private final Duration timeout;
  private final List<MessageConsumer<Object>> consumers = new ArrayList<>();
  private Incarnation self;
  private DeliveryOptions options;

  LinkBus(Vertx vertx, Incarnation self, Duration timeout, Handlers handlers) {
    this.bus = vertx.eventBus();
    this.self = self;
    this.handlers = handlers;
    this.timeout = timeout;
    this.options = options();
  }

  private DeliveryOptions options() {
    return new DeliveryOptions()
        .addHeader(FROM, self.toString())
        .setSendTimeout(timeout.toMillis());
  }

  /** Gives up the addresses, and registers those of another incarnation. */
  Future<Void> renew(Incarnation incarnation) {
    self = incarnation;
    options = options();
    return unregister().compose(gone -> register());
  }

  /** Registers the consumers; succeeds when the cluster knows of them. */
  Future<Void> register() {
    consumers.add(
        bus.consumer(Addresses.data(self), message -> read(message, (f, b) -> handlers.data(b))));
    consumers.add(bus.consumer(Addresses.control(self), m -> read(m, handlers::control)));
    consumers.add(
        bus.consumer(
            Addresses.query(self),
            message -> read(message, (from, body) -> handlers.query(body, message))));
    return Future.join(consumers.stream().map(MessageConsumer::completion).toList()).mapEmpty();
  }

  Future<Void> unregister() {
    List<Future<Void>> gone = consumers.stream().map(MessageConsumer::unregister).toList();
    consumers.clear();
    return Future.join(gone).<Void>mapEmpty().otherwiseEmpty();
  }

  void data(Incarnation to, Object body) {
    send(Addresses.data(to), body);
  }

  void control(Incarnation to, Object body) {
    send(Addresses.control(to), body);
  }

  /**
   * Vert.x throws when the connection to the node is just closing. The message is lost then, as any
   * may be, and those to other nodes go on.
   */
  private void send(String address, Object body) {
    try {
      bus.send(address, body, options);
    } catch (IllegalStateException closing) {
      LOG.debug("not sent to {}: {}", address, closing.getMessage());
    }
  }

  <R> Future<R> query(Incarnation to, Object body, Class<R> answer) {
    return bus.<Object>request(Addresses.query(to), body, options)
        .map(reply -> answer.cast(reply.body()));
  }

  /** A body is decoded when it is first asked for, so this is where garbage shows. */
  private void read(Message<Object> message, BiConsumer<Incarnation, Object> handler) {
    Object body;
    Incarnation from;
    try {
      body = message.body();
      from = Incarnation.parse(String.valueOf(message.headers().get(FROM)));
    } catch (RuntimeException garbage) {
      LOG.warn("a message on {} is not ours: {}", message.address(), garbage.getMessage());
      return;
    }
    handler.accept(from, body);
  }
}
