package dev.carillon.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /demo/token} over the wire. */
class GuestTokensTest {

  @TempDir static Path folder;

  private TestSite site;
  private TestClient client;

  @BeforeEach
  void start() {
    site = new TestSite(folder).start();
    client = new TestClient();
  }

  @AfterEach
  void stop() {
    site.close();
  }

  private JsonObject granted(String body) {
    var answer = client.post(site.url("/demo/token"), body);
    assertEquals(200, answer.statusCode(), answer.body());
    assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElse(""));
    return new JsonObject(answer.body());
  }

  private static JsonObject claims(String token) {
    byte[] decoded = Base64.getUrlDecoder().decode(token.split("\\.")[1]);
    return new JsonObject(new String(decoded, StandardCharsets.UTF_8));
  }

  @Test
  void aGuestGetsATokenForTenMinutes() {
    var answer = granted("{\"name\":\" Ad\\u202Ea\\u0007 \"}");
    assertTrue(answer.getString("user").startsWith("guest:"));
    assertEquals(600, answer.getInteger("ttl"));
    var claims = claims(answer.getString("token"));
    assertEquals(answer.getString("user"), claims.getString("sub"));
    assertEquals(new JsonObject().put("name", "Ada"), claims.getJsonObject("info"));
    assertEquals(600, claims.getLong("exp") - claims.getLong("iat"));
  }

  @Test
  void twoGuestsOfOneNameAreTwoUsers() {
    assertNotEquals(
        granted("{\"name\":\"Ada\"}").getString("user"),
        granted("{\"name\":\"Ada\"}").getString("user"));
  }

  @Test
  void aGuestWithAValidTokenStaysTheSameUserAndIsNotLimited() {
    var first = granted("{\"name\":\"Ada\"}");
    for (int i = 0; i < 10; i++) {
      var again =
          granted(
              new JsonObject()
                  .put("name", "Grace")
                  .put("token", first.getString("token"))
                  .encode());
      assertEquals(first.getString("user"), again.getString("user"));
      assertEquals(
          "Grace", claims(again.getString("token")).getJsonObject("info").getString("name"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{\"name\":1}",
        "{}",
        "{\"name\":\"\"}",
        "{\"name\":\" \\u200B\\u202E \"}",
        "{\"name\":\"123456789012345678901234567890123\"}",
        "{\"name\":\"Ada\",\"token\":\"forged\"}",
        "{\"name\":\"Ada\"} x"
      })
  void aBadWishIsRefusedWithAReason(String body) {
    var answer = client.post(site.url("/demo/token"), body);
    assertEquals(400, answer.statusCode());
    assertTrue(new JsonObject(answer.body()).getString("error").length() > 5);
  }

  @Test
  void oneAddressGetsSoManyTokensAndThenHasToWait() {
    int limited = 0;
    for (int i = 0; i < 20; i++) {
      // On a connection of its own, so that both event loops are asked.
      var answer = new TestClient().post(site.url("/demo/token"), "{\"name\":\"Ada\"}");
      if (answer.statusCode() == 429) {
        limited++;
        int wait = Integer.parseInt(answer.headers().firstValue("Retry-After").orElse("0"));
        assertTrue(wait >= 1 && wait <= 61, "in seconds: " + wait);
      }
    }
    // Three, and one more for each minute that this took.
    assertTrue(limited >= 15, limited + " were limited");
  }

  @Test
  void pagesOfStrangersGetNone() {
    var answer =
        client.post(
            site.url("/demo/token"), "{\"name\":\"Ada\"}", "Origin", "https://evil.example");
    assertEquals(403, answer.statusCode());
  }

  @Test
  void pagesOfOtherNodesGetOne() {
    var answer =
        client.post(site.url("/demo/token"), "{\"name\":\"A\"}", "Origin", "https://example.org");
    assertEquals(200, answer.statusCode());
    assertEquals(
        "https://example.org",
        answer.headers().firstValue("Access-Control-Allow-Origin").orElse(""));
  }

  @Test
  void aLargeBodyIsRefused() {
    var answer = client.post(site.url("/demo/token"), "x".repeat(20_000));
    assertEquals(413, answer.statusCode());
  }

  @Test
  void withoutTheDemoThereAreNoGuests() {
    try (var off = new TestSite(folder).withoutDemo().start()) {
      assertEquals(404, client.post(off.url("/demo/token"), "{\"name\":\"Ada\"}").statusCode());
    }
  }
}
