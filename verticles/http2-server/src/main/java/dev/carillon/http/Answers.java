package dev.carillon.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** Small answers in the forms that all routes share. */
final class Answers {

  private Answers() {}

  /** Whether the method is one of these; answers 405 when it is not. */
  static boolean isMethod(RoutingContext routing, HttpMethod... allowed) {
    List<HttpMethod> methods = List.of(allowed);
    if (methods.contains(routing.request().method())) {
      return true;
    }
    routing
        .response()
        .putHeader("Allow", String.join(", ", methods.stream().map(HttpMethod::name).toList()));
    text(routing, 405, "method not allowed");
    return false;
  }

  /** JSON that nobody may keep. */
  static void json(RoutingContext routing, int status, Buffer json) {
    HttpServerResponse response =
        routing
            .response()
            .setStatusCode(status)
            .putHeader("Content-Type", "application/json")
            .putHeader("Cache-Control", "no-store");
    end(routing, response, json);
  }

  static void text(RoutingContext routing, int status, String text) {
    HttpServerResponse response =
        routing
            .response()
            .setStatusCode(status)
            .putHeader("Content-Type", "text/plain; charset=utf-8");
    end(routing, response, Buffer.buffer(text + "\n"));
  }

  /** HEAD gets the headers of GET (RFC 9110 section 9.3.2). */
  static void end(RoutingContext routing, HttpServerResponse response, Buffer body) {
    if (routing.request().method().equals(HttpMethod.HEAD)) {
      response.putHeader("Content-Length", String.valueOf(body.length())).end();
    } else {
      response.end(body);
    }
  }
}
