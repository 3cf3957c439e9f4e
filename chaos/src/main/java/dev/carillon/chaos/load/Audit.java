package dev.carillon.chaos.load;

import dev.carillon.chaos.history.History;
import dev.carillon.chaos.history.Op;
import dev.carillon.chaos.history.Operation;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Asks one node what stands in its channels and who is there, when all is quiet. */
public final class Audit {
  private static final int PAGE = 500;

  private final Vertx vertx;
  private final History history;
  private final Target target;
  private final Wire wire;

  private Audit(Vertx vertx, History history, Target target) {
    this.vertx = vertx;
    this.history = history;
    this.target = target;
    this.wire = new Wire(vertx, push -> {}, (ended, code) -> {});
  }

  /** Writes down all answers of the node. Blocks. */
  public static void of(Vertx vertx, History history, Target target, Tokens tokens) {
    var audit = new Audit(vertx, history, target);
    Load.await(audit.run(tokens));
  }

  private Future<Void> run(Tokens tokens) {
    var asked = wire.open(Wire.client(vertx), target, tokens.of("audit")).mapEmpty();
    for (var channel : Load.channels()) {
      asked = asked.compose(before -> presence(channel)).compose(before -> page(channel, 0, ""));
    }
    return asked.<Void>mapEmpty().onComplete(done -> wire.close());
  }

  private Future<Object> presence(String channel) {
    return wire.ask("presence", new JsonObject().put("channel", channel))
        .map(
            reply -> {
              history.add(op(Op.PRESENT, channel));
              for (var client : reply.getJsonObject("presence", new JsonObject()).fieldNames()) {
                history.add(op(Op.PRESENT, channel).with(client));
              }
              return null;
            });
  }

  private Future<Object> page(String channel, long after, String epoch) {
    var since = new JsonObject().put("offset", after).put("epoch", epoch);
    var query = new JsonObject().put("channel", channel).put("limit", PAGE).put("since", since);
    return wire.ask("history", query)
        .compose(
            reply -> {
              var publications = reply.getJsonArray("publications", new JsonArray());
              var current = reply.getString("epoch", "");
              for (int i = 0; i < publications.size(); i++) {
                read(channel, current, publications.getJsonObject(i));
              }
              int count = publications.size();
              return count < PAGE
                  ? Future.succeededFuture()
                  : page(channel, publications.getJsonObject(count - 1).getLong("offset"), current);
            });
  }

  private void read(String channel, String epoch, JsonObject publication) {
    var id = publication.getJsonObject("data").getString("id", "");
    history.add(op(Op.READ, channel).with(id).position(epoch, publication.getLong("offset", 0L)));
  }

  private Operation op(Op op, String channel) {
    return Operation.of("audit", op).in(channel).on(target.name());
  }
}
