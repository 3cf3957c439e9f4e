package dev.carillon.launch;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** JSON Web Tokens as the command line makes them (RFC 7515, compact serialization). */
final class TokenJson {
  private static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";

  private TokenJson() {}

  static Map<String, Object> claims(String user, long expiry) {
    var claims = new LinkedHashMap<String, Object>();
    claims.put("sub", user);
    claims.put("exp", expiry);
    return claims;
  }

  /** Empty when the text is no JSON object. */
  static Optional<Object> parse(String json) {
    try {
      return Optional.of(new JsonObject(json));
    } catch (DecodeException wrong) {
      return Optional.empty();
    }
  }

  static String sign(Map<String, Object> claims, String key) {
    var content = part(HEADER) + "." + part(new JsonObject(claims).encode());
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return content + "." + part(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("HmacSHA256 (expected: in every JDK)", impossible);
    }
  }

  private static String part(String text) {
    return part(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String part(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
