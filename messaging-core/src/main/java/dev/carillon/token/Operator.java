package dev.carillon.token;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * Who is logged in to the console.
 *
 * @param name for the log
 * @param session one log-in with all that is refreshed from it, 128 random bits
 * @param loggedInAt seconds since 1970
 */
public record Operator(String name, String session, long loggedInAt) {

  /** What the names of the console's channels begin with. */
  public static final String CHANNELS = "$console:";

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SESSION_BYTES = 16;

  /**
   * Somebody who has just proved to be an operator.
   *
   * @param now seconds since 1970
   */
  public static Operator loggedIn(String name, long now) {
    var session = new byte[SESSION_BYTES];
    RANDOM.nextBytes(session);
    return new Operator(name, Base64.getUrlEncoder().withoutPadding().encodeToString(session), now);
  }

  /** The channel of this session alone. Nobody else gets in (docs/PROTOCOL.md, "The console"). */
  public String channel() {
    return CHANNELS + session;
  }
}
