package dev.carillon.chaos.load;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs the tokens of the lab's clients: HS256 (RFC 7519). */
public final class Tokens {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final byte[] key;

  /** Tokens of a cluster with this secret. */
  public Tokens(String secret) {
    this.key = secret.getBytes(StandardCharsets.UTF_8);
  }

  /** A token of a user that never expires. */
  String of(String user) {
    var head = part(new JsonObject().put("alg", "HS256").put("typ", "JWT"));
    var body = head + "." + part(new JsonObject().put("sub", user));
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      var signature = mac.doFinal(body.getBytes(StandardCharsets.US_ASCII));
      return body + "." + BASE64.encodeToString(signature);
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException("HmacSHA256 (expected: in every JDK)", absent);
    }
  }

  private static String part(JsonObject json) {
    return BASE64.encodeToString(json.encode().getBytes(StandardCharsets.UTF_8));
  }
}
