package dev.carillon.token;

import dev.carillon.config.ConfigException;
import dev.carillon.config.Option;
import java.nio.charset.StandardCharsets;

/** How tokens of clients are checked: the keys below {@code client.token}. */
public record TokenOptions(
    @Option(
            secret = true,
            doc = "Secret of HS256 tokens, at least 32 bytes; empty: every token is invalid.",
            why = "a secret that everybody knows is none")
        String hmacSecretKey,
    @Option(
            doc = "The aud claim that a token must contain; empty: not checked.",
            why = "one application is the usual case")
        String audience,
    @Option(
            doc = "The iss claim that a token must have; empty: not checked.",
            why = "one issuer is the usual case")
        String issuer,
    @Option(
            value = "8192",
            min = "256",
            max = "65536",
            doc = "Bytes of a token at most; a longer one is invalid.",
            why = "as large as the header that proxies let through, and cheap to check")
        int maxSize) {

  /** RFC 7518, section 3.2: a key for HS256 has as many bits as the hash. */
  private static final int HS256_BYTES = 32;

  public TokenOptions {
    int bytes = hmacSecretKey.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > 0 && bytes < HS256_BYTES) {
      throw new ConfigException("hmac_secret_key", "(set)", "at least 32 bytes, or nothing");
    }
  }
}
