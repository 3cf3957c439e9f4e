package dev.carillon.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;

/** Reads small bodies. */
final class Bodies {

  private Bodies() {}

  /** The body; when it has more bytes than this, 413 is the answer and the Future fails. */
  static Future<Buffer> read(RoutingContext routing, int maxBytes) {
    HttpServerRequest request = routing.request();
    Promise<Buffer> whole = Promise.promise();
    Buffer body = Buffer.buffer();
    request.handler(
        part -> {
          if (body.length() + part.length() <= maxBytes) {
            body.appendBuffer(part);
          } else if (whole.tryFail("more than " + maxBytes + " bytes")) {
            tooLarge(routing);
          }
        });
    request.endHandler(end -> whole.tryComplete(body));
    request.exceptionHandler(whole::tryFail);
    return whole.future();
  }

  private static void tooLarge(RoutingContext routing) {
    // The rest of the body is not worth reading.
    if (routing.request().version() != HttpVersion.HTTP_2) {
      routing.response().putHeader("Connection", "close");
    }
    Answers.text(routing, 413, "body too large");
  }
}
