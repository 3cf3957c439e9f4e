package dev.carillon.token;

import io.vertx.core.Future;

/**
 * Checks tokens of clients. Never blocks, and may be called from any thread. The futures never fail
 * for any token; they are complete at once, unless a key has to be fetched first: then they
 * complete later, on any thread.
 */
public interface TokenVerifier {

  /**
   * Checks a token of a connect or refresh command. Fails by mistake only: that a token is none, or
   * that nobody knows, is an outcome.
   *
   * @param now seconds since 1970
   */
  Future<Verification<ConnectionToken>> connection(String token, long now);

  /**
   * Checks a token of a subscribe or sub_refresh command.
   *
   * @param now seconds since 1970
   */
  Future<Verification<SubscriptionToken>> subscription(String token, long now);
}
