package dev.carillon.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import dev.carillon.channel.Bytes;
import dev.carillon.config.ConfigException;
import dev.carillon.config.Option;
import dev.carillon.config.OptionReader;
import dev.carillon.config.Section;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwtVerifierTest {

  private static final String SECRET = "0123456789abcdef".repeat(4) + "-x";
  private static final long NOW = 1_700_000_000;

  private static final Vertx VERTX = Vertx.vertx();

  private final TokenVerifier verifier = new JwtVerifier(VERTX, options(Map.of()));

  @AfterAll
  static void close() {
    VERTX.close().await();
  }

  @Test
  void aTokenOfTheIssuerIsValidUntilItExpires() {
    var issuer = new TokenIssuer(options(Map.of()));
    String token =
        issuer.connection("ann", Bytes.utf8("{\"name\": 1.0}"), Duration.ofMinutes(10), NOW);
    var expected =
        new ConnectionToken("ann", Bytes.utf8("{\"name\": 1.0}"), Duration.ofMinutes(10));
    assertEquals(new Verification.Valid<>(expected), verifier.connection(token, NOW).result());
    assertInstanceOf(Verification.Valid.class, verifier.connection(token, NOW + 599).result());
    assertEquals(new Verification.Expired<>(), verifier.connection(token, NOW + 600).result());
  }

  /** A node whose wall clock is wrong is wrong about what tokens say of time, and nothing else. */
  @Test
  void aClockThatJumpsChangesNothingButWhenTokensExpire() {
    var issuer = new TokenIssuer(options(Map.of()));
    String minute = issuer.connection("ann", Bytes.EMPTY, Duration.ofMinutes(1), NOW);
    String ever = issuer.connection("ann", Bytes.EMPTY, Duration.ZERO, NOW);
    for (long jump : List.of(120L, -120L, 0L)) {
      var checked = verifier.connection(minute, NOW + jump).result();
      var left = Duration.ofSeconds(60 - jump);
      assertEquals(
          left.isNegative()
              ? new Verification.Expired<>()
              : new Verification.Valid<>(new ConnectionToken("ann", Bytes.EMPTY, left)),
          checked);
      assertInstanceOf(Verification.Valid.class, verifier.connection(ever, NOW + jump).result());
    }
  }

  @Test
  void aTokenWithoutTtlIsValidForEver() {
    String token = new TokenIssuer(options(Map.of())).connection("", Bytes.EMPTY, Duration.ZERO, 0);
    assertEquals(
        new Verification.Valid<>(new ConnectionToken("", Bytes.EMPTY, null)),
        verifier.connection(token, NOW).result());
  }

  @Test
  void connectionAndSubscriptionTokensAreNotInterchangeable() {
    var issuer = new TokenIssuer(options(Map.of()));
    String connection = issuer.connection("ann", Bytes.EMPTY, Duration.ZERO, NOW);
    String subscription = issuer.subscription("ann", "$a", Bytes.EMPTY, Duration.ZERO, NOW);
    assertEquals(
        new Verification.Valid<>(new SubscriptionToken("ann", "$a", "", Bytes.EMPTY, null)),
        verifier.subscription(subscription, NOW).result());
    assertInstanceOf(Verification.Invalid.class, verifier.connection(subscription, NOW).result());
    assertInstanceOf(Verification.Invalid.class, verifier.subscription(connection, NOW).result());
  }

  @Test
  void theInfoIsKeptByteForByte() throws Exception {
    assertEquals("[1.50, \"é\"]", valid("{\"info\": [1.50, \"é\"]}").info().asUtf8());
    assertEquals("{\"a\":1}", valid("{\"b64info\":\"eyJhIjoxfQ==\"}").info().asUtf8());
    assertEquals(Bytes.of(new byte[3]), valid("{\"b64info\":\"AAAA\"}").info());
  }

  @Test
  void base64CountsMoreThanJsonWhereverItStands() throws Exception {
    String json = "\"info\":{\"a\":0}";
    String base64 = "\"b64info\":\"eyJhIjoxfQ==\"";
    for (String both : List.of(json + "," + base64, base64 + "," + json)) {
      assertEquals("{\"a\":1}", valid("{" + both + "}").info().asUtf8());
      var grant = valid("{\"subs\":{\"c\":{" + both + "}}}").subs().get("c");
      assertEquals("{\"a\":1}", Objects.requireNonNull(grant).info().asUtf8());
    }
    assertEquals("{\"a\":0}", valid("{" + json + ",\"b64info\":\"\"}").info().asUtf8());
  }

  @Test
  void whatHasNoNameIsNoChannel() throws Exception {
    assertEquals(Set.of("a"), valid("{\"channels\":[\"\",\"a\"]}").subs().keySet());
    assertEquals(Set.of(), valid("{\"subs\":{\"\":{}},\"channels\":[\"a\"]}").subs().keySet());
    assertEquals("ann", valid("{\"sub\":\"ann\",\"channel\":\"\"}").user());
    String token = sign("{\"channel\":\"\"}", SECRET, JWSAlgorithm.HS256);
    assertInstanceOf(Verification.Invalid.class, verifier.subscription(token, NOW).result());
  }

  @Test
  void expireAtTakesThePlaceOfExp() throws Exception {
    assertEquals(Duration.ofSeconds(5), valid(claims(60, "\"expire_at\":" + (NOW + 5))).validFor());
    assertEquals(null, valid(claims(60, "\"expire_at\":0")).validFor());
    assertEquals(
        Duration.ofSeconds(-5), valid(claims(60, "\"expire_at\":" + (NOW - 5))).validFor());
    assertEquals(Duration.ofSeconds(60), valid(claims(60, "\"expire_at\":null")).validFor());
  }

  @Test
  void aTokenThatIsNotInForceIsExpired() throws Exception {
    assertEquals(new Verification.Expired<>(), verify(claims(60, "\"nbf\":" + (NOW + 1))));
    assertInstanceOf(Verification.Valid.class, verify(claims(60, "\"nbf\":" + NOW + ".9")));
    assertEquals(new Verification.Expired<>(), verify("{\"exp\":0}"));
    assertEquals(new Verification.Expired<>(), verify("{\"exp\":-1e300}"));
    assertInstanceOf(Verification.Valid.class, verify("{\"exp\":1e300}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{}{}",
        "{\"sub\":1}",
        "{\"exp\":\"tomorrow\"}",
        "{\"aud\":{}}",
        "{\"aud\":[1]}",
        "{\"channel\":\"a\"}",
        "{\"b64info\":\"%\"}",
        "{\"info\":}"
      })
  void claimsThatMakeNoSenseAreInvalid(String claims) throws Exception {
    assertInstanceOf(Verification.Invalid.class, verify(claims));
  }

  @Test
  void audienceAndIssuerAreCheckedWhenConfigured() throws Exception {
    var strict = new JwtVerifier(VERTX, options(Map.of("audience", "chat", "issuer", "me")));
    var issuer = new TokenIssuer(options(Map.of("audience", "chat", "issuer", "me")));
    String own = issuer.connection("ann", Bytes.EMPTY, Duration.ZERO, NOW);
    assertInstanceOf(Verification.Valid.class, strict.connection(own, NOW).result());
    String list = sign("{\"iss\":\"me\",\"aud\":[\"x\",\"chat\"]}", SECRET, JWSAlgorithm.HS256);
    assertInstanceOf(Verification.Valid.class, strict.connection(list, NOW).result());
    for (String other : new String[] {"{}", "{\"iss\":\"me\"}", "{\"aud\":\"chat\"}"}) {
      String token = sign(other, SECRET, JWSAlgorithm.HS256);
      assertInstanceOf(Verification.Invalid.class, strict.connection(token, NOW).result(), other);
    }
  }

  @Test
  void theUserOfAnIssuedTokenStandsWhereItIsLookedFor() throws Exception {
    var options = options(Map.of("user_id_claim", "uid"));
    var token = new TokenIssuer(options).connection("ann", Bytes.EMPTY, Duration.ZERO, NOW);
    var checked = new JwtVerifier(VERTX, options).connection(token, NOW).result();
    var valid = assertInstanceOf(Verification.Valid.class, checked);
    assertEquals("ann", ((ConnectionToken) valid.token()).user());
  }

  @Test
  void anotherKeyIsInvalid() throws Exception {
    String forged = sign("{}", SECRET.toUpperCase(Locale.ROOT), JWSAlgorithm.HS256);
    assertInstanceOf(Verification.Invalid.class, verifier.connection(forged, NOW).result());
  }

  @Test
  void anUnsignedTokenIsInvalid() {
    for (String alg : new String[] {"none", "None", "HS256"}) {
      String token =
          encoded("{\"alg\":\"" + alg + "\"}") + "." + encoded("{\"sub\":\"ann\"}") + ".";
      assertInstanceOf(Verification.Invalid.class, verifier.connection(token, NOW).result(), alg);
    }
  }

  @Test
  void aChangedTokenIsInvalid() throws Exception {
    String token = sign("{\"sub\":\"ann\"}", SECRET, JWSAlgorithm.HS256);
    for (int i = 0; i < token.length(); i++) {
      char other = token.charAt(i) == 'A' ? 'B' : 'A';
      String changed = token.substring(0, i) + other + token.substring(i + 1);
      boolean sameBits = i == token.length() - 1;
      if (!sameBits) {
        assertInstanceOf(
            Verification.Invalid.class, verifier.connection(changed, NOW).result(), "" + i);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a.b.c", "a.b.c.d.e", "\u0000", "💥.💥.💥"})
  void garbageIsInvalid(String garbage) {
    assertInstanceOf(Verification.Invalid.class, verifier.connection(garbage, NOW).result());
  }

  @Test
  void anOversizedTokenIsInvalidAndCostsNothing() throws Exception {
    String token = sign("{\"x\":\"" + "y".repeat(10_000) + "\"}", SECRET, JWSAlgorithm.HS256);
    assertInstanceOf(Verification.Invalid.class, verifier.connection(token, NOW).result());
    var patient = new JwtVerifier(VERTX, options(Map.of("max_size", 65_536)));
    assertInstanceOf(Verification.Valid.class, patient.connection(token, NOW).result());
  }

  @Test
  void withoutASecretEveryTokenIsInvalid() throws Exception {
    var none = new JwtVerifier(VERTX, options(Map.of("hmac_secret_key", "")));
    String token = sign("{}", SECRET, JWSAlgorithm.HS256);
    assertInstanceOf(Verification.Invalid.class, none.connection(token, NOW).result());
    assertThrows(
        IllegalArgumentException.class,
        () -> new TokenIssuer(options(Map.of("hmac_secret_key", ""))));
  }

  @Test
  void aShortSecretIsRefusedWithoutShowingIt() {
    var refusal =
        assertThrows(ConfigException.class, () -> options(Map.of("hmac_secret_key", "sesame")));
    assertEquals("(set)", refusal.value());
  }

  @Test
  void theIssuerRefusesInfoThatIsNotJson() {
    var issuer = new TokenIssuer(options(Map.of()));
    Bytes broken = Bytes.utf8("{}}");
    assertThrows(
        IllegalArgumentException.class, () -> issuer.connection("ann", broken, Duration.ZERO, NOW));
  }

  private ConnectionToken valid(String claims) throws Exception {
    return ((Verification.Valid<ConnectionToken>) verify(claims)).token();
  }

  private Verification<ConnectionToken> verify(String claims) throws Exception {
    return verifier.connection(sign(claims, SECRET, JWSAlgorithm.HS256), NOW).result();
  }

  private static String claims(long ttl, String more) {
    return "{\"exp\":" + (NOW + ttl) + "," + more + "}";
  }

  private static String sign(String claims, String secret, JWSAlgorithm algorithm)
      throws Exception {
    var token = new JWSObject(new JWSHeader(algorithm), new Payload(claims));
    token.sign(new MACSigner(secret));
    return token.serialize();
  }

  private static String encoded(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private static TokenOptions options(Map<String, Object> more) {
    var keys = new HashMap<String, Object>(Map.of("hmac_secret_key", SECRET));
    keys.putAll(more);
    return OptionReader.read(Wrapper.class, Map.of("token", keys)).token();
  }

  @Section("test")
  private record Wrapper(@Option(doc = "Tokens.") TokenOptions token) {}
}
