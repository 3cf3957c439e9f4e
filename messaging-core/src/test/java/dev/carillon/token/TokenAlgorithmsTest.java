package dev.carillon.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.nimbusds.jose.JWSAlgorithm;
import dev.carillon.channel.Bytes;
import dev.carillon.config.ConfigException;
import io.vertx.core.Vertx;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Which key accepts which algorithm (RFC 7518, RFC 8037). */
class TokenAlgorithmsTest {

  private static final Vertx VERTX = Vertx.vertx();
  private static final KeyPair RSA = TestTokens.rsa(2048);
  private static final KeyPair P256 = TestTokens.ec("secp256r1");
  private static final KeyPair ED = TestTokens.ed25519();
  private static final String SECRET = "s".repeat(64);

  @AfterAll
  static void close() {
    VERTX.close().await();
  }

  private static Verification<ConnectionToken> verify(Map<String, Object> options, String token) {
    return new JwtVerifier(VERTX, TestTokens.options(options)).connection(token, 1_000).result();
  }

  private static void assertUser(Map<String, Object> options, String token) {
    var valid = assertInstanceOf(Verification.Valid.class, verify(options, token));
    assertEquals("ann", ((ConnectionToken) valid.token()).user());
  }

  private static void assertInvalid(Map<String, Object> options, String token) {
    assertInstanceOf(Verification.Invalid.class, verify(options, token));
  }

  @Test
  void aSecretIsGoodForAllHmacAlgorithmsThatItIsLongEnoughFor() {
    for (var algorithm : List.of(JWSAlgorithm.HS256, JWSAlgorithm.HS384, JWSAlgorithm.HS512)) {
      String token = TestTokens.hmac(algorithm, SECRET, "{\"sub\":\"ann\"}");
      assertUser(Map.of("hmac_secret_key", SECRET), token);
      assertInvalid(Map.of("hmac_secret_key", "t".repeat(64)), token);
    }
    String strong = TestTokens.hmac(JWSAlgorithm.HS512, SECRET, "{\"sub\":\"ann\"}");
    assertInvalid(Map.of("hmac_secret_key", SECRET.substring(0, 63)), strong);
  }

  @Test
  void thePreviousSecretIsAcceptedUntilItsTime() {
    String token = TestTokens.hmac(JWSAlgorithm.HS256, "old".repeat(20), "{\"sub\":\"ann\"}");
    Map<String, Object> options =
        Map.of("hmac_secret_key", SECRET, "hmac_previous_secret_key", "old".repeat(20));
    assertInvalid(options, token);
    assertUser(TestTokens.with(options, "hmac_previous_secret_key_valid_until", 1_001), token);
    assertInvalid(TestTokens.with(options, "hmac_previous_secret_key_valid_until", 1_000), token);
  }

  @Test
  void anRsaKeyIsGoodForRsAndForNothingElse() {
    Map<String, Object> options = Map.of("rsa_public_key", TestTokens.pem(RSA));
    for (var algorithm : List.of(JWSAlgorithm.RS256, JWSAlgorithm.RS384, JWSAlgorithm.RS512)) {
      assertUser(options, TestTokens.sign(algorithm, RSA, "{\"sub\":\"ann\"}"));
    }
    assertInvalid(options, TestTokens.sign(JWSAlgorithm.PS256, RSA, "{\"sub\":\"ann\"}"));
    assertInvalid(
        options, TestTokens.sign(JWSAlgorithm.RS256, TestTokens.rsa(2048), "{\"sub\":\"ann\"}"));
  }

  @Test
  void theCurveOfAKeyDecidesItsAlgorithm() {
    Map<String, JWSAlgorithm> curves =
        Map.of(
            "secp256r1", JWSAlgorithm.ES256,
            "secp384r1", JWSAlgorithm.ES384,
            "secp521r1", JWSAlgorithm.ES512);
    curves.forEach(
        (curve, algorithm) -> {
          KeyPair pair = TestTokens.ec(curve);
          String token = TestTokens.sign(algorithm, pair, "{\"sub\":\"ann\"}");
          assertUser(Map.of("ecdsa_public_key", TestTokens.pem(pair)), token);
          assertInvalid(Map.of("ecdsa_public_key", TestTokens.pem(P256)), token);
        });
  }

  @Test
  void anEd25519KeyIsGoodForEdDsa() {
    Map<String, Object> options = Map.of("eddsa_public_key", TestTokens.pem(ED));
    String token = TestTokens.eddsa(ED, "{\"alg\":\"EdDSA\"}", "{\"sub\":\"ann\"}");
    assertUser(options, token);
    assertInvalid(
        options,
        TestTokens.eddsa(TestTokens.ed25519(), "{\"alg\":\"EdDSA\"}", "{\"sub\":\"ann\"}"));
    assertInvalid(options, token.substring(0, token.lastIndexOf('.') + 1) + "AAAA");
  }

  @Test
  void theExampleOfRfc8037IsValidAndNotChangedByACharacter() {
    // Appendix A.4: payload "Example of Ed25519 signing", which is no JSON and so no token.
    byte[] x = TestTokens.base64("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
    var key = KeySet.parse(TestTokens.okp("one", x)).key("one", JWSAlgorithm.EdDSA);
    assertEquals(
        true,
        key != null
            && key.hasSigned(
                TestTokens.parse(
                    "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc."
                        + "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt"
                        + "9g7sVvpAr_MuM0KAg")));
  }

  @Test
  void aPublicKeyIsNoSecret() {
    // The classic confusion: an HMAC made with the text of the public key.
    Map<String, Object> options = Map.of("rsa_public_key", TestTokens.pem(RSA));
    assertInvalid(
        options, TestTokens.hmac(JWSAlgorithm.HS256, TestTokens.pem(RSA), "{\"sub\":\"ann\"}"));
    assertInvalid(
        TestTokens.with(options, "hmac_secret_key", SECRET),
        TestTokens.hmac(JWSAlgorithm.HS256, TestTokens.pem(RSA), "{\"sub\":\"ann\"}"));
  }

  @Test
  void whatIsCriticalAndNotUnderstoodIsInvalid() {
    String header = "{\"alg\":\"EdDSA\",\"crit\":[\"exp\"],\"exp\":1}";
    assertInvalid(
        Map.of("eddsa_public_key", TestTokens.pem(ED)),
        TestTokens.eddsa(ED, header, "{\"sub\":\"ann\"}"));
    assertInvalid(
        Map.of("hmac_secret_key", SECRET),
        TestTokens.hmac(
            "{\"alg\":\"HS256\",\"crit\":[\"exp\"],\"exp\":1}", SECRET, "{\"sub\":\"ann\"}"));
  }

  @Test
  void keysThatAreTooWeakOrOfAnotherKindAreRefusedAtTheStart() {
    String weak = TestTokens.pem(TestTokens.rsa(1024));
    assertThrows(ConfigException.class, () -> TestTokens.options(Map.of("rsa_public_key", weak)));
    String other = TestTokens.pem(P256);
    assertThrows(ConfigException.class, () -> TestTokens.options(Map.of("rsa_public_key", other)));
    var refusal =
        assertThrows(
            ConfigException.class, () -> TestTokens.options(Map.of("ecdsa_public_key", "abc")));
    assertEquals("a public key in PEM: no BEGIN PUBLIC KEY", refusal.expected());
  }

  @Test
  void theUserMayStandInAnotherClaim() {
    String token = TestTokens.hmac(JWSAlgorithm.HS256, SECRET, "{\"sub\":\"x\",\"uid\":\"ann\"}");
    assertUser(Map.of("hmac_secret_key", SECRET, "user_id_claim", "uid"), token);
  }

  @Test
  void inAClaimOfItsOwnTheUserMayBeANumber() {
    Map<String, Object> options = Map.of("hmac_secret_key", SECRET, "user_id_claim", "uid");
    String number = "12345678901234567890";
    assertEquals(
        new Verification.Valid<>(new ConnectionToken(number, Bytes.EMPTY, null)),
        verify(options, TestTokens.hmac(JWSAlgorithm.HS256, SECRET, "{\"uid\":" + number + "}")));
    assertInvalid(options, TestTokens.hmac(JWSAlgorithm.HS256, SECRET, "{\"uid\":1.5}"));
  }

  @Test
  void audienceAndIssuerMayBeExpressions() {
    Map<String, Object> options =
        Map.of("hmac_secret_key", SECRET, "issuer_regex", "^https://(?P<tenant>[a-z]+)[.]me$");
    String claims = "{\"sub\":\"ann\",\"iss\":\"https://%s.me\"}";
    assertUser(options, TestTokens.hmac(JWSAlgorithm.HS256, SECRET, claims.formatted("one")));
    assertInvalid(options, TestTokens.hmac(JWSAlgorithm.HS256, SECRET, claims.formatted("1")));
    Map<String, Object> heard = Map.of("hmac_secret_key", SECRET, "audience_regex", "^chat-");
    assertUser(
        heard,
        TestTokens.hmac(JWSAlgorithm.HS256, SECRET, "{\"sub\":\"ann\",\"aud\":[\"chat-1\"]}"));
    assertInvalid(heard, TestTokens.hmac(JWSAlgorithm.HS256, SECRET, "{\"sub\":\"ann\"}"));
    assertThrows(
        ConfigException.class,
        () -> TestTokens.options(Map.of("issuer", "me", "issuer_regex", "me")));
    assertThrows(ConfigException.class, () -> TestTokens.options(Map.of("issuer_regex", "(")));
  }

  @Test
  void subscriptionTokensMayHaveKeysOfTheirOwn() {
    var verifier =
        new JwtVerifier(
            VERTX,
            TestTokens.options(Map.of("hmac_secret_key", SECRET)),
            TestTokens.options(Map.of("rsa_public_key", TestTokens.pem(RSA))));
    String claims = "{\"sub\":\"ann\",\"channel\":\"$a\"}";
    String other = TestTokens.sign(JWSAlgorithm.RS256, RSA, claims);
    String own = TestTokens.hmac(JWSAlgorithm.HS256, SECRET, claims);
    assertInstanceOf(Verification.Valid.class, verifier.subscription(other, 1).result());
    assertInstanceOf(Verification.Invalid.class, verifier.subscription(own, 1).result());
  }
}
