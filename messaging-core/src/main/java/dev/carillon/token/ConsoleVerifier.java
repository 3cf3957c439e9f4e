package dev.carillon.token;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.SubscriptionGrant;
import io.vertx.core.Future;
import java.util.Map;

/**
 * Checks tokens of clients and those of the console, which give their session its own channel. What
 * the application signs never opens one: its keys are others (docs/PROTOCOL.md, "The console").
 */
public final class ConsoleVerifier implements TokenVerifier {

  private final TokenVerifier clients;
  private final OperatorTokens operators;

  public ConsoleVerifier(TokenVerifier clients, OperatorTokens operators) {
    this.clients = clients;
    this.operators = operators;
  }

  @Override
  public Future<Verification<ConnectionToken>> connection(String token, long now) {
    return clients
        .connection(token, now)
        .map(
            answer ->
                answer instanceof Verification.Invalid ? console(answer, token, now) : answer);
  }

  /** What is no token of the console either stays what it is. */
  private Verification<ConnectionToken> console(
      Verification<ConnectionToken> answer, String token, long now) {
    var verified = operators.verify(token, now);
    return verified instanceof Verification.Invalid
        ? answer
        : verified.then(ConsoleVerifier::connection);
  }

  /**
   * The user is the session, so that no rule for users of the application ever meets an operator.
   */
  private static Verification<ConnectionToken> connection(OperatorToken token) {
    String channel = token.operator().channel();
    return new Verification.Valid<>(
        new ConnectionToken(
            channel,
            Bytes.EMPTY,
            token.validFor(),
            Map.of(channel, SubscriptionGrant.PLAIN),
            Bytes.EMPTY,
            true));
  }

  @Override
  public Future<Verification<SubscriptionToken>> subscription(String token, long now) {
    return clients.subscription(token, now);
  }
}
