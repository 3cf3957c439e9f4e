package dev.carillon.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.channel.Bytes;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ConsoleVerifierTest {

  private static final Vertx VERTX = Vertx.vertx();
  private static final String SECRET = "one secret for both, of 32 bytes";
  private static final Operator OPERATOR = Operator.loggedIn("operator", 1_000);

  private final TokenOptions options =
      TestTokens.options(Map.of("hmac_secret_key", SECRET, "audience", "carillon-console"));
  private final OperatorTokens operators =
      new OperatorTokens(SECRET, Duration.ofMinutes(15), Duration.ofHours(12));
  private final ConsoleVerifier verifier =
      new ConsoleVerifier(new JwtVerifier(VERTX, options), operators);

  @AfterAll
  static void close() {
    VERTX.close().await();
  }

  private Verification<ConnectionToken> connection(String token, long now) {
    return verifier.connection(token, now).await();
  }

  private static ConnectionToken valid(Verification<ConnectionToken> outcome) {
    assertInstanceOf(Verification.Valid.class, outcome);
    return ((Verification.Valid<ConnectionToken>) outcome).token();
  }

  @Test
  void anOperatorsTokenGivesTheChannelOfItsSessionUntilItsEnd() {
    var token = valid(connection(operators.issue(OPERATOR, 1_000), 1_100));
    assertTrue(token.console());
    assertEquals(Set.of("$console:" + OPERATOR.session()), token.subs().keySet());
    assertEquals(OPERATOR.channel(), token.user());
    assertEquals(Duration.ofSeconds(800), token.validFor());
  }

  @Test
  void everyLogInIsASessionOfItsOwn() {
    assertFalse(OPERATOR.channel().equals(Operator.loggedIn("operator", 1_000).channel()));
  }

  @Test
  void anOldOneIsToBeRenewed() {
    String token = operators.issue(OPERATOR, 1_000);
    assertInstanceOf(Verification.Expired.class, connection(token, 1_900));
  }

  @Test
  void aClientsTokenIsAClientsEvenWithTheSameSecretAndAudience() {
    var issuer = new TokenIssuer(options);
    String signed = issuer.connection("operator", Bytes.EMPTY, Duration.ZERO, 1_000);
    var token = valid(connection(signed, 1_000));
    assertFalse(token.console());
    assertEquals("operator", token.user());
  }

  @Test
  void whatNobodySignedIsInvalid() {
    assertInstanceOf(Verification.Invalid.class, connection("a.b.c", 1_000));
  }

  @Test
  void anOperatorsTokenSubscribesNobody() {
    String token = operators.issue(OPERATOR, 1_000);
    assertInstanceOf(Verification.Invalid.class, verifier.subscription(token, 1_000).await());
  }
}
