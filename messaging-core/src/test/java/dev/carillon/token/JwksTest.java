package dev.carillon.token;

import static dev.carillon.broker.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A real provider of keys on loopback: rotation, failure, abuse. */
class JwksTest {

  private static final KeyPair FIRST = TestTokens.rsa(2048);
  private static final KeyPair SECOND = TestTokens.rsa(2048);

  private final Vertx vertx = Vertx.vertx();
  private final Map<String, Consumer<HttpServerRequest>> pages = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final int port =
      vertx
          .createHttpServer()
          .requestHandler(this::answer)
          .listen(0, "127.0.0.1")
          .await()
          .actualPort();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private void answer(HttpServerRequest request) {
    asked.add(request.path());
    pages
        .getOrDefault(request.path(), other -> other.response().setStatusCode(404).end())
        .accept(request);
  }

  private void publish(String path, String text) {
    pages.put(path, request -> request.response().end(text));
  }

  private String url(String path) {
    return "http://127.0.0.1:" + port + path;
  }

  private JwtVerifier verifier(Map<String, Object> more) {
    var options = TestTokens.with(more, "jwks_timeout", "30s");
    options.putIfAbsent("jwks_public_endpoint", url("/keys"));
    return new JwtVerifier(vertx, TestTokens.options(options));
  }

  private static String token(String kid, KeyPair pair, String claims) {
    var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(kid).build();
    return TestTokens.sign(header, pair, claims);
  }

  private static String token(String kid, KeyPair pair) {
    return token(kid, pair, "{\"sub\":\"ann\"}");
  }

  @Test
  void aKeyIsReadOnceAndUsedForAllThatFollow() {
    publish("/keys", TestTokens.jwks("one", FIRST));
    var verifier = verifier(Map.of());
    var all =
        IntStream.range(0, 50).mapToObj(i -> verifier.connection(token("one", FIRST), 1)).toList();
    Future.all(all).await();
    all.forEach(one -> assertInstanceOf(Verification.Valid.class, one.result()));
    assertEquals(List.of("/keys"), asked);
    var known = verifier.connection(token("one", FIRST), 1);
    assertEquals(true, known.isComplete(), "no waiting for a known key");
  }

  @Test
  void anotherKeyOfTheSameIdIsInvalid() {
    publish("/keys", TestTokens.jwks("one", FIRST));
    var outcome = verifier(Map.of()).connection(token("one", SECOND), 1).await();
    assertInstanceOf(Verification.Invalid.class, outcome);
  }

  @Test
  void anUnknownKeyIdReadsTheSetAgainButNotOften() {
    publish("/keys", TestTokens.jwks("one", FIRST));
    var clock = new AtomicLong();
    var jwks = jwks(clock);
    assertNotEquals(null, jwks.key(url("/keys"), "one", JWSAlgorithm.RS256).await());
    publish("/keys", TestTokens.jwks("two", SECOND));
    for (int i = 0; i < 20; i++) {
      assertEquals(null, jwks.key(url("/keys"), "made-up-" + i, JWSAlgorithm.RS256).await());
    }
    assertEquals(1, asked.size());
    clock.addAndGet(10_000);
    assertNotEquals(null, jwks.key(url("/keys"), "two", JWSAlgorithm.RS256).await());
    assertEquals(2, asked.size());
    assertEquals(null, jwks.key(url("/keys"), "one", JWSAlgorithm.RS256).await(), "withdrawn");
  }

  @Test
  void oldKeysAreReadAgainAndStayWhenThatFails() {
    publish("/keys", TestTokens.jwks("one", FIRST));
    var clock = new AtomicLong();
    var jwks = jwks(clock);
    assertNotEquals(null, jwks.key(url("/keys"), "one", JWSAlgorithm.RS256).await());
    pages.put("/keys", request -> request.response().setStatusCode(500).end());
    clock.addAndGet(3_600_000);
    assertNotEquals(null, jwks.key(url("/keys"), "one", JWSAlgorithm.RS256).await());
    assertEquals(2, asked.size());
    publish("/keys", TestTokens.jwks("two", SECOND));
    clock.addAndGet(10_000);
    assertEquals(null, jwks.key(url("/keys"), "one", JWSAlgorithm.RS256).await());
  }

  private Jwks jwks(AtomicLong clock) {
    var options = TestTokens.options(Map.of("jwks_timeout", "30s"));
    var documents = new HttpDocuments(vertx, options.jwksTimeout());
    var timers = new Jwks.Timers(options.jwksCacheTtl(), options.jwksMinRefresh());
    return new Jwks(vertx, documents::read, timers, clock::get);
  }

  @Test
  void aProviderThatCanNotBeReadLeavesTheOutcomeUnknown() {
    publish("/elsewhere", TestTokens.jwks("one", FIRST));
    Map<String, Consumer<HttpServerRequest>> broken =
        Map.of(
            "/status", request -> request.response().setStatusCode(503).end(),
            "/garbage", request -> request.response().end("<html>"),
            "/huge", request -> request.response().end("[".repeat(600_000)),
            "/cut", request -> request.connection().close(),
            "/redirect",
                request ->
                    request
                        .response()
                        .setStatusCode(302)
                        .putHeader("location", url("/elsewhere"))
                        .end());
    pages.putAll(broken);
    for (String path : broken.keySet()) {
      var outcome =
          verifier(Map.of("jwks_public_endpoint", url(path)))
              .connection(token("one", FIRST), 1)
              .await();
      assertInstanceOf(Verification.Unknown.class, outcome, path);
    }
    assertEquals(false, asked.contains("/elsewhere"));
  }

  @Test
  void aProviderThatDoesNotAnswerIsGivenUp() {
    pages.put("/keys", request -> {});
    var options =
        TestTokens.options(Map.of("jwks_public_endpoint", url("/keys"), "jwks_timeout", "100ms"));
    var outcome = new JwtVerifier(vertx, options).connection(token("one", FIRST), 1);
    eventually(() -> "no answer", outcome::isComplete);
    assertInstanceOf(Verification.Unknown.class, outcome.result());
  }

  @Test
  void symmetricWeakAndEncryptingKeysAreNotUsed() {
    publish(
        "/keys",
        """
        {"keys":[{"kty":"oct","kid":"one","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T"},
        {"kty":"RSA","kid":"one","n":"AQAB","e":"AQAB"},{"kty":"new","kid":"one"},
        %s]}
        """
            .formatted(encrypting()));
    var outcome = verifier(Map.of()).connection(token("one", FIRST), 1).await();
    assertInstanceOf(Verification.Invalid.class, outcome);
  }

  private static String encrypting() {
    String set = TestTokens.jwks("one", FIRST);
    return set.substring(set.indexOf('[') + 1, set.length() - 3) + ",\"use\":\"enc\"}";
  }

  @Test
  void keysOfOneTenantAreNotGoodForAnother() {
    publish("/a/keys", TestTokens.jwks("one", FIRST));
    publish("/b/keys", TestTokens.jwks("one", SECOND));
    var verifier =
        verifier(
            Map.of(
                "issuer_regex",
                "^https://me/(?P<tenant>.+)$",
                "jwks_public_endpoint",
                url("/{{tenant}}/keys")));
    String claims = "{\"sub\":\"ann\",\"iss\":\"https://me/%s\"}";
    var a = verifier.connection(token("one", FIRST, claims.formatted("a")), 1).await();
    assertInstanceOf(Verification.Valid.class, a);
    var forged = verifier.connection(token("one", FIRST, claims.formatted("b")), 1).await();
    assertInstanceOf(Verification.Invalid.class, forged);
    for (String tenant : List.of("..", "../x", "a/../b", "a?x", "")) {
      var other = verifier.connection(token("one", FIRST, claims.formatted(tenant)), 1).await();
      assertEquals(false, other instanceof Verification.Valid, tenant);
    }
    asked.forEach(path -> assertEquals(3, path.split("/").length, path));
  }

  @Test
  void aTokenWithoutAKeyIdIsInvalid() {
    publish("/keys", TestTokens.jwks("one", FIRST));
    String token = TestTokens.sign(new JWSHeader(JWSAlgorithm.RS256), FIRST, "{\"sub\":\"ann\"}");
    assertInstanceOf(Verification.Invalid.class, verifier(Map.of()).connection(token, 1).await());
    assertEquals(List.of(), asked);
  }
}
