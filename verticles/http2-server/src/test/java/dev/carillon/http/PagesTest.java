package dev.carillon.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.broker.LocalMembership;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files, their tags and policies, and the small answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesTest {

  private TestSite site;
  private TestClient client;

  @BeforeAll
  void start(@TempDir Path folder) {
    site = new TestSite(folder).start();
    client = new TestClient(site.certificate);
  }

  @AfterAll
  void stop() {
    site.close();
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  @ParameterizedTest
  @CsvSource({
    "/,text/html; charset=utf-8",
    "/chat/,text/html; charset=utf-8",
    "/chat/index.html,text/html; charset=utf-8",
    "/console/,text/html; charset=utf-8",
    "/chat/main.js,text/javascript; charset=utf-8",
    "/shared/base.css,text/css; charset=utf-8",
    "/vendor/lib/1.0.0/lib.js,text/javascript; charset=utf-8"
  })
  void filesHaveTheirTypeOnBothPorts(String path, String type) {
    for (String url : List.of(site.url(path), site.tlsUrl(path))) {
      var answer = client.get(url);
      assertEquals(200, answer.statusCode());
      assertEquals(type, header(answer, "Content-Type"));
      assertEquals("nosniff", header(answer, "X-Content-Type-Options"));
    }
  }

  @Test
  void aFencedNodeServesPagesAndNothingElse() {
    var membership = (LocalMembership) site.ports.membership();
    membership.fence(true);
    try {
      for (String path : List.of("/", "/chat", "/chat/main.js", "/healthz", "/nodes.json")) {
        int status = client.get(site.url(path)).statusCode();
        assertTrue(status == 200 || status == 308, path + ": " + status);
      }
      for (String path : List.of("/demo/token", "/connection/websocket", "/admin/api/v1/nodes")) {
        var answer = client.get(site.url(path));
        assertEquals(503, answer.statusCode(), path);
        assertEquals("1", header(answer, "Retry-After"));
        assertTrue(answer.body().contains("try another one"), answer.body());
      }
    } finally {
      membership.fence(false);
    }
    assertEquals(405, client.get(site.url("/demo/token")).statusCode());
  }

  @Test
  void aPageThatIsStillTheSameIsNotSentAgain() {
    var first = client.get(site.url("/"));
    assertEquals("no-cache", header(first, "Cache-Control"));
    String tag = header(first, "ETag");
    for (String sent : List.of(tag, "\"x\", " + tag, "W/" + tag, "*")) {
      var again = client.get(site.url("/"), "If-None-Match", sent);
      assertEquals(304, again.statusCode(), sent);
      assertEquals("", again.body());
      assertEquals(tag, header(again, "ETag"));
    }
    assertEquals(200, client.get(site.url("/"), "If-None-Match", "\"x\"").statusCode());
  }

  @Test
  void vendoredFilesAreKeptForAYear() {
    assertEquals(
        "public, max-age=31536000, immutable",
        header(client.get(site.url("/vendor/lib/1.0.0/lib.js")), "Cache-Control"));
  }

  @Test
  void largeTextsAreCompressedForThoseWhoAsk() {
    var plain = client.get(site.url("/vendor/lib/1.0.0/lib.js"));
    var gzip = client.get(site.url("/vendor/lib/1.0.0/lib.js"), "Accept-Encoding", "br, gzip");
    var refused = client.get(site.url("/vendor/lib/1.0.0/lib.js"), "Accept-Encoding", "gzip;q=0");
    assertEquals("", header(plain, "Content-Encoding"));
    assertEquals("gzip", header(gzip, "Content-Encoding"));
    assertEquals("", header(refused, "Content-Encoding"));
    assertFalse(header(plain, "ETag").equals(header(gzip, "ETag")), "two sequences of bytes");
    assertEquals("Accept-Encoding", header(plain, "Vary"));
    assertEquals("Accept-Encoding", header(gzip, "Vary"));
  }

  @Test
  void headHasTheHeadersOfGetAndNoBody() {
    var get = client.get(site.url("/chat/main.js"));
    var head = client.head(site.url("/chat/main.js"));
    assertEquals(200, head.statusCode());
    assertEquals(header(get, "Content-Length"), header(head, "Content-Length"));
    assertEquals(header(get, "ETag"), header(head, "ETag"));
    assertEquals("", head.body());
  }

  @Test
  void thePolicyAllowsTheImportMapOfThePageAndTheNodes() {
    var page = client.get(site.url("/"));
    String map = page.body().split("<script type=\"importmap\">")[1].split("</script>")[0];
    String hash =
        Base64.getEncoder().encodeToString(StaticFile.sha256(map.getBytes(StandardCharsets.UTF_8)));
    assertEquals(
        "default-src 'none'; script-src 'self' 'sha256-"
            + hash
            + "'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'"
            // Nodes that join this machine later have other ports.
            + " http://localhost:* ws://localhost:*"
            + " https://example.org wss://example.org; base-uri 'none'; form-action 'self';"
            + " frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types"
            + " lit-html 'allow-duplicates'",
        header(page, "Content-Security-Policy"));
  }

  @Test
  void whatIsNoPageMayDoNothing() {
    for (String path : List.of("/chat/main.js", "/healthz", "/nodes.json", "/missing")) {
      assertEquals(
          "default-src 'none'; frame-ancestors 'none'",
          header(client.get(site.url(path)), "Content-Security-Policy"),
          path);
    }
  }

  @Test
  void aFolderWithoutItsSlashIsRedirected() {
    var answer = client.get(site.url("/console"));
    assertEquals(308, answer.statusCode());
    assertEquals("/console/", header(answer, "Location"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/missing",
        "/chat/missing.js",
        "/index.html",
        "/logback-test.xml",
        "/chat/../../logback-test.xml",
        "/../logback-test.xml",
        "/chat/%2e%2e/%2e%2e/logback-test.xml",
        "/chat/..%2f..%2flogback-test.xml",
        "/chat/%5c..%5clogback-test.xml",
        "/chat/main.js%00.html",
        "//etc/passwd",
        "/web/chat/main.js",
        "/vendor/",
        "/connection/websocket",
        "/dev/carillon/http/HttpSite.class"
      })
  void nothingElseOfTheClassPathOrTheDiskIsServed(String target) throws IOException {
    try (var raw = new RawHttp(site.port())) {
      assertEquals("HTTP/1.1 404 Not Found", raw.get(target).status());
    }
  }

  @ParameterizedTest
  @CsvSource({"/,'GET, HEAD'", "/healthz,'GET, HEAD'", "/nodes.json,'GET, HEAD'"})
  void otherMethodsAreNotAllowed(String path, String allowed) {
    var answer = client.send(HttpRequest.newBuilder(URI.create(site.url(path))).DELETE());
    assertEquals(405, answer.statusCode());
    assertEquals(allowed, header(answer, "Allow"));
  }

  @Test
  void nodesAreListedWithTheirUrls() {
    var answer = client.get(site.url("/nodes.json"));
    assertEquals("application/json", header(answer, "Content-Type"));
    assertEquals("no-store", header(answer, "Cache-Control"));
    assertEquals(
        "{\"self\":\"n1\",\"nodes\":[{\"name\":\"n1\",\"incarnation\":\""
            + site.ports.membership().self().incarnation()
            + "\",\"urls\":[\"http://localhost:"
            + site.port()
            + "\",\"https://example.org/x\"],\"chat\":true,\"pages\":false}]}",
        answer.body());
  }

  @Test
  void pagesOfOtherNodesMayAskForTheNodes() throws IOException {
    var own = client.get(site.url("/nodes.json"), "Origin", "https://example.org");
    assertEquals(200, own.statusCode());
    assertEquals("https://example.org", header(own, "Access-Control-Allow-Origin"));
    assertEquals("Origin", header(own, "Vary"));
    var strange = client.get(site.url("/nodes.json"), "Origin", "https://example.net");
    assertEquals(403, strange.statusCode());
    assertEquals("", header(strange, "Access-Control-Allow-Origin"));
    try (var raw = new RawHttp(site.port())) {
      raw.send(
          "OPTIONS /demo/token HTTP/1.1\r\nHost: localhost\r\nOrigin: https://example.org\r\n"
              + "Access-Control-Request-Method: POST\r\n\r\n");
      String head = raw.head();
      assertTrue(head.startsWith("HTTP/1.1 204 "), head);
      assertTrue(
          head.toLowerCase(Locale.ROOT).contains("access-control-allow-methods: post"), head);
    }
  }
}
