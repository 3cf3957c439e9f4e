package dev.carillon.token;

import dev.carillon.config.ConfigException;
import dev.carillon.config.Option;
import dev.carillon.text.Utf8;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * How tokens of clients are checked: the keys below {@code client.token} and {@code
 * client.subscription_token}. The keys that are set decide which algorithms are accepted.
 */
public record TokenOptions(
    @Option(
            secret = true,
            doc = "Secret of HS256 (32 bytes or more), HS384 (48) and HS512 (64) tokens.",
            why = "A secret that everybody knows is none.")
        String hmacSecretKey,
    @Option(
            secret = true,
            doc = "The secret before the last change, accepted a while longer.",
            why = "Lets a secret be changed without cutting anybody off.")
        String hmacPreviousSecretKey,
    @Option(
            value = "0",
            min = "0",
            doc = "Until when the previous secret is accepted, in seconds since 1970. 0: never.",
            why = "An old secret that is accepted for ever was never changed.")
        long hmacPreviousSecretKeyValidUntil,
    @Option(
            doc = "Public key of RS256, RS384 and RS512 tokens in PEM, 2048 bits or more.",
            why = "Only the application has the private key.")
        String rsaPublicKey,
    @Option(
            doc = "Public key of ES256, ES384 or ES512 tokens in PEM; its curve decides which.",
            why = "As for RSA.")
        String ecdsaPublicKey,
    @Option(doc = "Public key of EdDSA tokens (Ed25519) in PEM.", why = "As for RSA.")
        String eddsaPublicKey,
    @Option(
            doc =
                "URL of a JWK set with the public keys of RS, ES and EdDSA tokens. {{name}} stands"
                    + " for the group of that name in audience_regex or issuer_regex.",
            why = "Identity providers publish their keys so, and change them.")
        String jwksPublicEndpoint,
    @Option(
            value = "1h",
            min = "1s",
            max = "24h",
            doc = "How long keys of a JWK set are used before it is read again.",
            why = "A key that was withdrawn is refused within the hour.")
        Duration jwksCacheTtl,
    @Option(
            value = "10s",
            min = "1s",
            max = "1h",
            doc = "Least time between two reads of a JWK set, for example for an unknown key id.",
            why = "Tokens with made up key ids shall not flood the provider.")
        Duration jwksMinRefresh,
    @Option(
            value = "2s",
            min = "100ms",
            max = "30s",
            doc = "How long a read of a JWK set may take; known keys then stay.",
            why = "Clients wait 5 s for an answer to their connect.")
        Duration jwksTimeout,
    @Option(
            doc = "The aud claim that a token must contain; empty: not checked.",
            why = "One application is the usual case.")
        String audience,
    @Option(
            doc = "The same as a regular expression that some aud claim must contain.",
            why = "Several applications may share one provider.")
        String audienceRegex,
    @Option(
            doc = "The iss claim that a token must have; empty: not checked.",
            why = "One issuer is the usual case.")
        String issuer,
    @Option(
            doc = "The same as a regular expression that the iss claim must contain.",
            why = "Several tenants may have issuers of their own.")
        String issuerRegex,
    @Option(value = "sub", doc = "The claim that has the user id.", why = "RFC 7519 says so.")
        String userIdClaim,
    @Option(
            value = "8192",
            min = "256",
            max = "65536",
            doc = "Bytes of a token at most; a longer one is invalid.",
            why = "As large as the header that proxies let through, and cheap to check.")
        int maxSize) {

  /** RFC 7518, section 3.2: a key for HS256 has as many bits as the hash. */
  private static final int HS256_BYTES = 32;

  public TokenOptions {
    checkSecret("hmac_secret_key", hmacSecretKey);
    checkSecret("hmac_previous_secret_key", hmacPreviousSecretKey);
    checkKey("rsa_public_key", "RSA", rsaPublicKey);
    checkKey("ecdsa_public_key", "EC", ecdsaPublicKey);
    checkKey("eddsa_public_key", "Ed25519", eddsaPublicKey);
    checkPattern("audience_regex", audience, audienceRegex);
    checkPattern("issuer_regex", issuer, issuerRegex);
    if (!jwksPublicEndpoint.isEmpty() && !jwksPublicEndpoint.matches("https?://[^/?#]+.*")) {
      throw new ConfigException("jwks_public_endpoint", jwksPublicEndpoint, "an http(s) URL");
    }
    if (userIdClaim.isEmpty()) {
      throw new ConfigException("user_id_claim", userIdClaim, "the name of a claim");
    }
  }

  /** Whether there is any key; without one every token is invalid. */
  public boolean hasKeys() {
    return Stream.of(
            hmacSecretKey,
            hmacPreviousSecretKey,
            rsaPublicKey,
            ecdsaPublicKey,
            eddsaPublicKey,
            jwksPublicEndpoint)
        .anyMatch(key -> !key.isEmpty());
  }

  private static void checkSecret(String key, String secret) {
    int bytes = Utf8.length(secret);
    if (bytes > 0 && bytes < HS256_BYTES) {
      throw new ConfigException(key, "(set)", "at least 32 bytes, or nothing");
    }
  }

  private static void checkKey(String key, String kind, String pem) {
    if (!pem.isEmpty()) {
      try {
        TokenKey.of(PublicKeyPem.read(kind, pem));
      } catch (IllegalArgumentException unusable) {
        throw new ConfigException(key, "(set)", "a public key in PEM: " + unusable.getMessage());
      }
    }
  }

  private static void checkPattern(String key, String exact, String regex) {
    if (!exact.isEmpty() && !regex.isEmpty()) {
      throw new ConfigException(key, regex, "nothing, because the exact value is set too");
    }
    try {
      pattern(regex);
    } catch (PatternSyntaxException malformed) {
      throw new ConfigException(key, regex, "a regular expression: " + malformed.getDescription());
    }
  }

  /** Named groups may be written as Java has them and as Go has them. */
  static Pattern pattern(String regex) {
    return Pattern.compile(regex.replace("(?P<", "(?<"));
  }
}
