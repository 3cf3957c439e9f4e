package dev.carillon.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.carillon.channel.Bytes;
import dev.carillon.config.OptionReader;
import dev.carillon.session.ClientOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OperatorTokensTest {

  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final Operator OPERATOR = new Operator("operator", "s1", 1_000);

  private final OperatorTokens tokens = tokens(SECRET);

  @Test
  void aTokenIsValidOnEveryNodeUntilItsEnd() {
    String token = tokens.issue(OPERATOR, 1_000);
    assertEquals(OPERATOR, operator(tokens(SECRET).verify(token, 1_000)));
    assertEquals(OPERATOR, operator(tokens.verify(token, 1_899)));
    assertExpired(tokens.verify(token, 1_900));
  }

  @Test
  void refreshingEndsWhenTheLoginIsTooLongAgo() {
    long end = 1_000 + Duration.ofHours(12).toSeconds();
    assertEquals(900, tokens.validFor(OPERATOR, 1_000));
    assertEquals(100, tokens.validFor(OPERATOR, end - 100));
    assertEquals(0, tokens.validFor(OPERATOR, end));
    assertExpired(tokens.verify(tokens.issue(OPERATOR, end - 100), end));
  }

  @Test
  void aTokenOfAnotherSecretIsNone() {
    assertNone(tokens("another secret of 32 characters!").verify(tokens.issue(OPERATOR, 0), 0));
  }

  @Test
  void aClientsTokenIsNoneEvenWithTheSameSecretAndAudience() {
    var issuer =
        new TokenIssuer(
            OptionReader.read(
                    ClientOptions.class,
                    Map.of("token.hmac_secret_key", SECRET, "token.audience", "carillon-console"))
                .token());
    String token = issuer.connection("operator", Bytes.EMPTY, Duration.ofHours(1), 1_000);
    assertNone(tokens.verify(token, 1_000));
  }

  @Test
  void changedUnsignedAndMalformedTokensAreNone() {
    String token = tokens.issue(OPERATOR, 1_000);
    String[] parts = token.split("\\.");
    String unsigned = encode("{\"alg\":\"none\"}") + "." + parts[1] + ".";
    String payload = encode("{\"aud\":\"carillon-console\",\"sub\":\"x\",\"exp\":9999999999}");
    assertNone(tokens.verify(unsigned, 1_000));
    assertNone(tokens.verify(parts[0] + "." + payload + "." + parts[2], 1_000));
    assertNone(tokens.verify(token.substring(0, token.length() - 2), 1_000));
    assertNone(tokens.verify("", 1_000));
    assertNone(tokens.verify("a.b.c", 1_000));
    assertNone(tokens.verify("x".repeat(100_000), 1_000));
  }

  @Test
  void withoutASecretThereAreNoTokens() {
    assertThrows(IllegalArgumentException.class, () -> tokens(""));
  }

  private static OperatorTokens tokens(String secret) {
    return new OperatorTokens(secret, Duration.ofMinutes(15), Duration.ofHours(12));
  }

  private static void assertNone(Verification<OperatorToken> outcome) {
    assertInstanceOf(Verification.Invalid.class, outcome);
  }

  private static void assertExpired(Verification<OperatorToken> outcome) {
    assertInstanceOf(Verification.Expired.class, outcome);
  }

  /** The operator whose valid token this is. */
  private static Operator operator(Verification<OperatorToken> outcome) {
    return assertInstanceOf(Verification.Valid.class, outcome).token()
            instanceof OperatorToken token
        ? token.operator()
        : new Operator("", "", 0);
  }

  private static String encode(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
