package dev.carillon.launch.local;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * Secrets that a node makes when nobody configured any. All nodes that share the state directory
 * have the same ones.
 */
public final class Secrets {
  public static final String TOKEN_KEY = "token-hmac-key";
  public static final String CONSOLE_KEY = "console-signing-key";
  public static final String CONSOLE_PASSWORD = "console-password";

  private static final SecureRandom RANDOM = new SecureRandom();

  /** Letters and digits that nobody confuses when reading them aloud. */
  private static final String READABLE = "abcdefghjkmnpqrstuvwxyz23456789";

  private static final int KEY_BYTES = 32;
  private static final int PASSWORD_GROUPS = 4;
  private static final int GROUP_LENGTH = 5;

  private final StateDirectory state;

  public Secrets(StateDirectory state) {
    this.state = state;
  }

  /** Key that signs the tokens of clients, 256 random bits. */
  public String tokenKey() {
    return state.readOrCreate(TOKEN_KEY, Secrets::key);
  }

  /** Key that signs the sessions of operators, 256 random bits. */
  public String consoleKey() {
    return state.readOrCreate(CONSOLE_KEY, Secrets::key);
  }

  /** Password of the console, 99 random bits, readable. */
  public String consolePassword() {
    return state.readOrCreate(CONSOLE_PASSWORD, Secrets::password);
  }

  private static String key() {
    var bytes = new byte[KEY_BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String password() {
    var password = new StringBuilder();
    for (int group = 0; group < PASSWORD_GROUPS; group++) {
      password.append(group == 0 ? "" : "-");
      for (int i = 0; i < GROUP_LENGTH; i++) {
        password.append(READABLE.charAt(RANDOM.nextInt(READABLE.length())));
      }
    }
    return password.toString();
  }
}
