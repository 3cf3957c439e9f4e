package dev.carillon.token;

/**
 * Checks tokens of clients. Never blocks, throws nothing for any input, and may be called from any
 * thread.
 */
public interface TokenVerifier {

  /**
   * Checks a token of a connect or refresh command.
   *
   * @param now seconds since 1970
   */
  Verification<ConnectionToken> connection(String token, long now);

  /**
   * Checks a token of a subscribe or sub_refresh command.
   *
   * @param now seconds since 1970
   */
  Verification<SubscriptionToken> subscription(String token, long now);
}
