package dev.carillon.chaos.load;

import dev.carillon.chaos.history.History;
import dev.carillon.chaos.history.Op;
import dev.carillon.chaos.history.Operation;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A client that stays subscribed to some channels whatever happens: it goes to another node when
 * its own is gone, recovers where it was, and writes down what it saw. It may publish as well.
 */
public final class LabClient extends VerticleBase {
  /** How many publishes may be unanswered; beyond it the client waits like a polite program. */
  private static final int MAX_UNANSWERED = 64;

  private final ClientPlan plan;
  private final History history;
  private final Random random;

  /** Where it is connected; empty when it is not. Read by other threads. */
  private volatile String place = "";

  // Owned by the event loop of this verticle.
  private final Map<String, Position> positions = new HashMap<>();
  private @Nullable WebSocketClient sockets;
  private @Nullable Wire wire;
  private String node = "";
  private int attempts;
  private int published;
  private int unanswered;
  private boolean connected;
  private boolean publishing = true;

  private record Position(String epoch, long offset) {}

  /** A client that begins when it is deployed. */
  public LabClient(ClientPlan plan, History history) {
    this.plan = plan;
    this.history = history;
    this.random = new Random(plan.seed());
  }

  @Override
  public Future<?> start() {
    sockets = Wire.client(vertx);
    connect();
    if (plan.publishMillis() > 0) {
      vertx.setPeriodic(plan.publishMillis(), tick -> publish());
    }
    return Future.succeededFuture();
  }

  /** Publishes no more; safe from any thread. */
  public void stopPublishing() {
    context.runOnContext(now -> publishing = false);
  }

  /** The node to which it belongs. */
  Target home() {
    return plan.targets().get(0);
  }

  /** The name of the node to which it is connected; empty when it is not. Safe from any thread. */
  String place() {
    return place;
  }

  /**
   * Ends its connection in order, as a program does, and goes to its own node, unless it is there;
   * safe from any thread.
   */
  void goHome() {
    context.runOnContext(
        now -> {
          var current = wire;
          if (connected && current != null && !node.equals(home().name())) {
            attempts = 0;
            current.close();
          }
        });
  }

  private void connect() {
    var target = plan.targets().get(attempts++ % plan.targets().size());
    var opened = new Wire(vertx, this::push, this::lost);
    wire = opened;
    if (sockets == null) {
      return;
    }
    opened
        .open(sockets, target, plan.token())
        .onSuccess(
            reply -> {
              node = target.name();
              place = node;
              connected = true;
              history.add(op(Op.CONNECT).with(reply.getString("client")).on(node));
              plan.channels().forEach(this::subscribe);
            })
        .onFailure(
            failed -> {
              if (wire == opened) {
                wire = null;
                opened.close();
                later(this::connect);
              }
            });
  }

  private void lost(Wire ended, int code) {
    if (connected && wire == ended) {
      connected = false;
      place = "";
      wire = null;
      history.add(op(Op.DISCONNECT).on(node).code(code));
      later(this::connect);
    }
  }

  private void subscribe(String channel) {
    var current = wire;
    if (current == null || !connected) {
      return;
    }
    var position = positions.get(channel);
    var parameters = new JsonObject().put("channel", channel).put("join_leave", plan.joinLeave());
    if (position != null) {
      parameters.put("recover", true);
      parameters.put("epoch", position.epoch).put("offset", position.offset);
    }
    current
        .ask("subscribe", parameters)
        .onSuccess(reply -> subscribed(channel, position, reply))
        .onFailure(refused -> later(() -> resubscribe(current, channel)));
  }

  private void resubscribe(Wire before, String channel) {
    if (wire == before) {
      subscribe(channel);
    }
  }

  private void subscribed(String channel, @Nullable Position before, JsonObject reply) {
    var epoch = reply.getString("epoch", "");
    long top = reply.getLong("offset", 0L);
    boolean recovered = reply.getBoolean("recovered", false);
    if (before == null) {
      history.add(op(Op.SUBSCRIBE).in(channel).position(epoch, top).on(node));
    } else {
      history.add(op(Op.RECOVER).in(channel).position(epoch, top).recovered(recovered).on(node));
    }
    positions.put(channel, recovered && before != null ? before : new Position(epoch, top));
    var missed = reply.getJsonArray("publications", new JsonArray());
    for (int i = 0; i < missed.size(); i++) {
      deliver(channel, missed.getJsonObject(i));
    }
  }

  private void deliver(String channel, JsonObject publication) {
    var position = positions.get(channel);
    var epoch = position == null ? "" : position.epoch;
    long offset = publication.getLong("offset", 0L);
    var id = publication.getJsonObject("data", new JsonObject()).getString("id", "");
    history.add(op(Op.DELIVER).in(channel).with(id).position(epoch, offset));
    positions.put(channel, new Position(epoch, offset));
  }

  private void push(JsonObject push) {
    var channel = push.getString("channel", "");
    for (var kind : push.fieldNames()) {
      switch (kind) {
        case "pub" -> deliver(channel, push.getJsonObject(kind));
        case "join" -> history.add(op(Op.JOIN).in(channel).with(client(push, kind)));
        case "leave" -> history.add(op(Op.LEAVE).in(channel).with(client(push, kind)));
        case "unsubscribe" -> {
          int code = push.getJsonObject(kind).getInteger("code", 0);
          history.add(op(Op.UNSUBSCRIBE).in(channel).on(node).code(code));
          var current = wire;
          later(
              () -> {
                if (current != null) {
                  resubscribe(current, channel);
                }
              });
        }
        default -> {}
      }
    }
  }

  private static String client(JsonObject push, String kind) {
    return push.getJsonObject(kind).getJsonObject("info").getString("client");
  }

  private void publish() {
    var current = wire;
    if (!publishing || !connected || current == null || unanswered >= MAX_UNANSWERED) {
      return;
    }
    var channel = plan.channels().get(random.nextInt(plan.channels().size()));
    var id = plan.name() + "-" + ++published;
    var data = new JsonObject().put("id", id).put("text", "x".repeat(plan.padding()));
    history.add(op(Op.PUBLISH).in(channel).with(id).on(node));
    unanswered++;
    var through = node;
    current
        .ask("publish", new JsonObject().put("channel", channel).put("data", data))
        .onComplete(
            answered -> {
              unanswered--;
              var answer = op(answered.succeeded() ? Op.ACK : Op.NACK).in(channel).with(id);
              int code = answered.succeeded() ? 0 : Refused.code(answered.cause());
              history.add(answer.on(through).code(code));
            });
  }

  private Operation op(Op op) {
    return Operation.of(plan.name(), op);
  }

  /** After a moment that differs from client to client, as SDKs do it. */
  private void later(Runnable action) {
    vertx.setTimer(100 + random.nextInt(400), elapsed -> action.run());
  }
}
