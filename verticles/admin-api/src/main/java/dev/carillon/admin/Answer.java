package dev.carillon.admin;

import dev.carillon.channel.Bytes;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.HttpException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The status and body of an answer, and how answers are sent: as JSON that nobody stores. */
record Answer(int status, Bytes body) {

  private static final Logger LOG = LoggerFactory.getLogger(Answer.class);
  private static final String BODY_LIMIT = "body_limit";

  static Answer ok(Bytes body) {
    return new Answer(200, body);
  }

  /** Reads the body, up to so many bytes: one that is larger gets 413. */
  static Handler<RoutingContext> bodyOf(int maxBytes) {
    var reader = BodyHandler.create(false).setBodyLimit(maxBytes);
    return routing -> reader.handle(routing.put(BODY_LIMIT, maxBytes));
  }

  /** What {@link #bodyOf} has read. */
  static byte[] body(RoutingContext routing) {
    Buffer body = routing.body().buffer();
    return body == null ? new byte[0] : body.getBytes();
  }

  /** For requests that change something. */
  static Handler<RoutingContext> changing(Function<RoutingContext, Future<Answer>> handler) {
    return answering(
        routing -> {
          SameOrigin.require(routing.request());
          return handler.apply(routing);
        });
  }

  static Handler<RoutingContext> answering(Function<RoutingContext, Future<Answer>> handler) {
    return routing ->
        handler.apply(routing).onSuccess(answer -> answer.send(routing)).onFailure(routing::fail);
  }

  /** Answers what {@link Refusal}s and other failures say. */
  static void failed(RoutingContext routing) {
    Throwable failure = routing.failure();
    if (failure instanceof Refusal refusal) {
      long wait = refusal.retryAfter().plusMillis(999).toSeconds();
      if (wait > 0) {
        routing.response().putHeader("Retry-After", Long.toString(wait));
      }
      error(refusal.status(), refusal.words()).send(routing);
    } else if (failure instanceof HttpException http) {
      refused(routing, http.getStatusCode()).send(routing);
    } else if (failure == null) {
      refused(routing, routing.statusCode()).send(routing);
    } else {
      LOG.error("{} {} failed", routing.request().method(), routing.normalizedPath(), failure);
      error(500, "internal error; the node's log says more").send(routing);
    }
  }

  private static Answer refused(RoutingContext routing, int status) {
    return status == 413
        ? error(status, "body too large (expected: at most " + routing.get(BODY_LIMIT) + " bytes)")
        : error(status, "request refused");
  }

  private static Answer error(int status, String words) {
    return new Answer(status, AdminJson.error(words));
  }

  private void send(RoutingContext routing) {
    if (routing.response().ended() || routing.response().closed()) {
      return;
    }
    routing
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json; charset=utf-8")
        .putHeader("Cache-Control", "no-store")
        .putHeader("X-Content-Type-Options", "nosniff")
        .end(Buffer.buffer(body.array()));
  }
}
