package dev.carillon.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.carillon.config.OptionReader;
import dev.carillon.port.Ports;
import dev.carillon.session.ChannelOptions;
import dev.carillon.session.Namespaces;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The API of one node on a real HTTP server, and a client that talks to it. */
final class AdminServer {

  static final String PASSWORD = "correct horse";
  static final String SECRET = "0123456789abcdef0123456789abcdef";

  private final HttpClient http = HttpClient.newHttpClient();
  private final String authority;

  AdminServer(Vertx vertx, Ports node) throws Exception {
    var options =
        OptionReader.read(
            AdminOptions.class,
            Map.of("password", PASSWORD, "secret", SECRET, "attempts_per_address", 3));
    Router router = Router.router(vertx);
    var namespaces = new Namespaces(OptionReader.defaults(ChannelOptions.class));
    new AdminGateway(vertx, options, node, namespaces).mount(router, vertx.getOrCreateContext());
    HttpServer listening =
        done(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
    authority = "127.0.0.1:" + listening.actualPort();
  }

  HttpClient http() {
    return http;
  }

  String authority() {
    return authority;
  }

  /** Of an operator who has just logged in. */
  String token() throws Exception {
    return json(logIn(PASSWORD)).getString("token");
  }

  HttpResponse<String> logIn(String password) throws Exception {
    return send(request("/session").POST(password(password)));
  }

  HttpResponse<String> get(String path, String token) throws Exception {
    return send(authorized(path, token).GET());
  }

  HttpResponse<String> post(String path, String token) throws Exception {
    return send(authorized(path, token).POST(BodyPublishers.noBody()));
  }

  HttpResponse<String> post(String path, String token, String body) throws Exception {
    return send(authorized(path, token).POST(BodyPublishers.ofString(body)));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  HttpRequest.Builder authorized(String path, String token) {
    return request(path).header("Authorization", "Bearer " + token);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://" + authority + AdminGateway.ROOT + path))
        .timeout(Duration.ofSeconds(60));
  }

  static BodyPublisher password(String password) {
    return BodyPublishers.ofString(new JsonObject().put("password", password).encode());
  }

  static JsonObject json(HttpResponse<String> answer) {
    assertEquals(
        "application/json; charset=utf-8", answer.headers().firstValue("Content-Type").orElse(""));
    return new JsonObject(answer.body());
  }

  static <T> T done(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
