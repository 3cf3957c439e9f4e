package dev.carillon.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import dev.carillon.config.Option;
import dev.carillon.config.OptionReader;
import dev.carillon.config.Section;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.text.ParseException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** Keys, and tokens signed with them. */
final class TestTokens {

  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private TestTokens() {}

  static KeyPair rsa(int bits) {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException missing) {
      throw new AssertionError(missing);
    }
  }

  static KeyPair ec(String curve) {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException missing) {
      throw new AssertionError(missing);
    }
  }

  static KeyPair ed25519() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException missing) {
      throw new AssertionError(missing);
    }
  }

  static String pem(KeyPair pair) {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }

  static String sign(JWSAlgorithm algorithm, KeyPair pair, String claims) {
    return sign(new JWSHeader.Builder(algorithm).keyID("one").build(), pair, claims);
  }

  static String sign(JWSHeader header, KeyPair pair, String claims) {
    try {
      JWSSigner signer =
          pair.getPrivate() instanceof ECPrivateKey ec
              ? new ECDSASigner(ec)
              : new RSASSASigner(pair.getPrivate(), true);
      var token = new JWSObject(header, new Payload(claims));
      token.sign(signer);
      return token.serialize();
    } catch (JOSEException broken) {
      throw new AssertionError(broken);
    }
  }

  static String hmac(JWSAlgorithm algorithm, String secret, String claims) {
    return hmac("{\"alg\":\"" + algorithm.getName() + "\"}", secret, claims);
  }

  static String hmac(String header, String secret, String claims) {
    try {
      var signer = new MACSigner(secret);
      byte[] input = input(header, claims).getBytes(StandardCharsets.US_ASCII);
      var parsed = JWSHeader.parse(header);
      return input(header, claims) + "." + signer.sign(withoutCrit(parsed), input);
    } catch (JOSEException | ParseException broken) {
      throw new AssertionError(broken);
    }
  }

  private static JWSHeader withoutCrit(JWSHeader header) {
    return new JWSHeader(header.getAlgorithm());
  }

  static String eddsa(KeyPair pair, String header, String claims) {
    try {
      var signature = Signature.getInstance("Ed25519");
      signature.initSign(pair.getPrivate());
      signature.update(input(header, claims).getBytes(StandardCharsets.US_ASCII));
      return input(header, claims) + "." + BASE64.encodeToString(signature.sign());
    } catch (GeneralSecurityException missing) {
      throw new AssertionError(missing);
    }
  }

  private static String input(String header, String claims) {
    return BASE64.encodeToString(header.getBytes(StandardCharsets.UTF_8))
        + "."
        + BASE64.encodeToString(claims.getBytes(StandardCharsets.UTF_8));
  }

  static JWSObject parse(String token) {
    try {
      return JWSObject.parse(token);
    } catch (ParseException malformed) {
      throw new AssertionError(malformed);
    }
  }

  static byte[] base64(String text) {
    return Base64.getUrlDecoder().decode(text);
  }

  /** A set with one Ed25519 key. */
  static String okp(String kid, byte[] x) {
    return "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"%s\",\"x\":\"%s\"}]}"
        .formatted(kid, BASE64.encodeToString(x));
  }

  /** A set with one RSA key. */
  static String jwks(String kid, KeyPair rsa) {
    var key = new RSAKey.Builder((RSAPublicKey) rsa.getPublic()).keyID(kid).build();
    return "{\"keys\":[" + key.toJSONString() + "]}";
  }

  static Map<String, Object> with(Map<String, Object> options, String key, Object value) {
    var more = new HashMap<>(options);
    more.put(key, value);
    return more;
  }

  static TokenOptions options(Map<String, Object> keys) {
    return OptionReader.read(Wrapper.class, Map.of("token", keys)).token();
  }

  @Section("test")
  private record Wrapper(@Option(doc = "Tokens.") TokenOptions token) {}
}
