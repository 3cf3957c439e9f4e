package dev.carillon.acceptance;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Plain requests, as a script would make them. */
final class Http {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();

  private Http() {}

  static HttpResponse<String> get(URI address) {
    return send(HttpRequest.newBuilder(address));
  }

  static HttpResponse<String> get(URI address, String bearer) {
    return send(HttpRequest.newBuilder(address).header("Authorization", "Bearer " + bearer));
  }

  static HttpResponse<String> post(URI address, JsonObject body) {
    return send(posting(address, body));
  }

  static HttpResponse<String> post(URI address, String bearer, JsonObject body) {
    return send(posting(address, body).header("Authorization", "Bearer " + bearer));
  }

  private static HttpRequest.Builder posting(URI address, JsonObject body) {
    return HttpRequest.newBuilder(address)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body.encode()));
  }

  /** A guest's token of the demo. */
  static String guestToken(NodeProcess node, String name) {
    HttpResponse<String> response =
        post(node.http("/demo/token"), new JsonObject().put("name", name));
    if (response.statusCode() != 200) {
      throw new AssertionError(
          "status " + response.statusCode() + " of /demo/token (expected: 200)");
    }
    return new JsonObject(response.body()).getString("token");
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return CLIENT.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("interrupted", e));
    }
  }
}
