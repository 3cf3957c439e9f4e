package dev.carillon.acceptance;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens as the application behind a server would sign them: HS256 by hand (RFC 7515, A.1). */
final class Signed {

  /** For the option {@code client.token.hmac_secret_key}. */
  static final String SECRET = "a secret of the acceptance tests, 32+ bytes";

  private Signed() {}

  static String token(JsonObject claims) {
    String signed = base64("{\"alg\":\"HS256\"}") + "." + base64(claims.encode());
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(bytes(SECRET), "HmacSHA256"));
      return signed + "." + base64(mac.doFinal(bytes(signed)));
    } catch (GeneralSecurityException missing) {
      throw new AssertionError("HS256 is part of every JDK", missing);
    }
  }

  /** Claims that hold for so many seconds from now. */
  static JsonObject expiring(String user, int seconds) {
    long now = System.currentTimeMillis() / 1_000;
    return new JsonObject().put("sub", user).put("exp", now + seconds);
  }

  private static String base64(String text) {
    return base64(bytes(text));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
