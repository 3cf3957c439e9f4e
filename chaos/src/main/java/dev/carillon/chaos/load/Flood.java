package dev.carillon.chaos.load;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Publishes more to one channel than a client that does not read can get: 3 MB a second. */
final class Flood extends VerticleBase {
  static final String CHANNEL = "flood:0";

  private static final int BYTES = 32_768;
  private static final long MILLIS = 10;

  private final Target target;
  private final Tokens tokens;
  private @Nullable Wire wire;
  private boolean waiting;

  Flood(Target target, Tokens tokens) {
    this.target = target;
    this.tokens = tokens;
  }

  @Override
  public Future<?> start() {
    var opened = new Wire(vertx, push -> {}, (ended, code) -> {});
    wire = opened;
    return opened
        .open(Wire.client(vertx), target, tokens.of("flood"))
        .onSuccess(connected -> vertx.setPeriodic(MILLIS, tick -> publish(opened)))
        .otherwiseEmpty();
  }

  private void publish(Wire opened) {
    if (!waiting) {
      waiting = true;
      var data = new JsonObject().put("text", "x".repeat(BYTES));
      opened
          .ask("publish", new JsonObject().put("channel", CHANNEL).put("data", data))
          .onComplete(answered -> waiting = false);
    }
  }

  @Override
  public Future<?> stop() {
    if (wire != null) {
      wire.close();
    }
    return Future.succeededFuture();
  }
}
