package dev.carillon.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A connection of HTTP/2 carries many requests: none of them may take it over. */
class Http2ConnectionTest {

  @TempDir static Path folder;

  private static HttpClientResponse answer(HttpClient browser, int port, String path) {
    return Wait.on(
        browser.request(HttpMethod.GET, port, "127.0.0.1", path).compose(HttpClientRequest::send));
  }

  @ParameterizedTest
  @EnumSource(names = {"TLS_JDK", "TLS_BORINGSSL"})
  void itIsRefusedAsAWebSocketAndGoesOn(Wire wire) {
    var http2 =
        new HttpClientOptions()
            .setProtocolVersion(HttpVersion.HTTP_2)
            .setUseAlpn(true)
            .setSsl(true)
            .setTrustAll(true)
            .setVerifyHost(false);
    try (var server = new SocketServer(wire, folder)) {
      var browser = server.vertx.createHttpClient(http2);
      var refused = answer(browser, server.port(), "/ws");
      assertEquals(HttpVersion.HTTP_2, refused.version());
      assertEquals(400, refused.statusCode());
      assertEquals(200, answer(browser, server.port(), "/get").statusCode());
    }
  }
}
