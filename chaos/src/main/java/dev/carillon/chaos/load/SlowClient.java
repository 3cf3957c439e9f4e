package dev.carillon.chaos.load;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** A client that subscribes to the flooded channel and then reads no more. */
final class SlowClient extends VerticleBase {
  private final Target target;
  private final Tokens tokens;
  private @Nullable Wire wire;

  SlowClient(Target target, Tokens tokens) {
    this.target = target;
    this.tokens = tokens;
  }

  @Override
  public Future<?> start() {
    var opened = new Wire(vertx, push -> {}, (ended, code) -> {});
    wire = opened;
    return opened
        .open(Wire.client(vertx), target, tokens.of("slow"))
        .compose(
            connected -> opened.ask("subscribe", new JsonObject().put("channel", Flood.CHANNEL)))
        .onSuccess(subscribed -> opened.freeze())
        // A node may be away; then there is one slow client less.
        .otherwiseEmpty();
  }

  @Override
  public Future<?> stop() {
    if (wire != null) {
      wire.close();
    }
    return Future.succeededFuture();
  }
}
