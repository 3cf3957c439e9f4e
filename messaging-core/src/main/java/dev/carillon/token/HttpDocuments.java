package dev.carillon.token;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Reads small texts by HTTP. Redirects are not followed. May be used from any thread. */
final class HttpDocuments {

  /** A JWK set with a hundred keys has less. */
  private static final int MAX_BYTES = 512 * 1024;

  private final HttpClient client;
  private final long timeout;

  HttpDocuments(Vertx vertx, Duration timeout) {
    this.timeout = timeout.toMillis();
    this.client =
        vertx.createHttpClient(new HttpClientOptions().setConnectTimeout((int) this.timeout));
  }

  /** Fails for anything but a text of decent size with status 200 in time. */
  Future<String> read(String url) {
    return Future.succeededFuture(url)
        .map(this::request)
        .compose(client::request)
        .compose(HttpClientRequest::send)
        .compose(HttpDocuments::body)
        .timeout(timeout, TimeUnit.MILLISECONDS)
        .map(Buffer::toString);
  }

  private RequestOptions request(String url) {
    return new RequestOptions()
        .setAbsoluteURI(url)
        .setIdleTimeout(timeout)
        .putHeader("accept", "application/json");
  }

  private static Future<Buffer> body(HttpClientResponse response) {
    if (response.statusCode() != 200) {
      response.request().reset();
      return Future.failedFuture("status " + response.statusCode() + " (expected: 200)");
    }
    Promise<Buffer> whole = Promise.promise();
    Buffer body = Buffer.buffer();
    response.handler(
        part -> {
          if (body.length() + part.length() > MAX_BYTES) {
            whole.tryFail("more than " + MAX_BYTES + " bytes");
            response.request().reset();
          } else {
            body.appendBuffer(part);
          }
        });
    response.exceptionHandler(whole::tryFail);
    response.endHandler(end -> whole.tryComplete(body));
    return whole.future();
  }
}
