package dev.carillon.http;

import dev.carillon.gateway.Origins;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/**
 * Lets pages of the cluster's other nodes in: when a node dies, its page goes on with another one.
 * Pages of strangers are refused, also where browsers would send the request without asking.
 */
final class CrossOrigin implements Handler<RoutingContext> {

  private static final String MAX_AGE_SECONDS = "300";
  private static final int NO_CONTENT = 204;

  private final Origins origins;
  private final String method;

  CrossOrigin(Origins origins, String method) {
    this.origins = origins;
    this.method = method;
  }

  @Override
  public void handle(RoutingContext routing) {
    List<String> sent = routing.request().headers().getAll("Origin");
    routing.response().putHeader("Vary", "Origin");
    if (sent.isEmpty()) {
      routing.next();
    } else if (sent.size() > 1 || !isKnown(routing, sent.get(0))) {
      Answers.text(routing, 403, "origin not allowed");
    } else {
      routing.response().putHeader("Access-Control-Allow-Origin", sent.get(0));
      answerOrPass(routing);
    }
  }

  /** A page of this very server is known even under a name that was not announced. */
  private boolean isKnown(RoutingContext routing, String origin) {
    String scheme = routing.request().isSSL() ? "https://" : "http://";
    return origins.allows(origin) || origin.equals(scheme + routing.request().authority());
  }

  private void answerOrPass(RoutingContext routing) {
    if (routing.request().method().equals(HttpMethod.OPTIONS)) {
      routing
          .response()
          .setStatusCode(NO_CONTENT)
          .putHeader("Access-Control-Allow-Methods", method)
          .putHeader("Access-Control-Allow-Headers", "content-type")
          .putHeader("Access-Control-Max-Age", MAX_AGE_SECONDS)
          .end();
    } else {
      routing.next();
    }
  }
}
