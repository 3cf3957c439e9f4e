package dev.carillon.admin;

import dev.carillon.limit.Source;
import dev.carillon.limit.TokenBuckets;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Compares passwords, and limits how many wrong ones can be tried. Confined to one event loop, so
 * that requests that arrive together are counted one after the other; time is an argument.
 *
 * <p>The password is kept in clear beside the node and is random by default, so a slow derivation
 * would protect nothing: what an attacker can do is guess over the network, and that is limited.
 */
final class LoginGate {

  private static final int MAX_ADDRESSES = 10_000;
  private static final double MINUTE = 60;

  private final byte[] expected;
  private final byte[] key = new byte[32];
  private final boolean isOpen;
  private final TokenBuckets<Source> byAddress;
  private final TokenBuckets<String> together;

  LoginGate(AdminOptions options) {
    new SecureRandom().nextBytes(key);
    this.isOpen = !options.password().isEmpty();
    this.expected = digest(options.password());
    int address = options.attemptsPerAddress();
    this.byAddress = new TokenBuckets<>(address / MINUTE, address, MAX_ADDRESSES);
    int total = options.attemptsTotal();
    this.together = new TokenBuckets<>(total / MINUTE, total, 1);
  }

  /**
   * Accepts the password or throws.
   *
   * @param now nanoseconds of a monotonic clock
   * @throws Refusal 401 when it is wrong, 429 when too many were; then it is not even looked at
   */
  void check(Source source, String password, long now) {
    Duration wait = longer(byAddress.until(source, 1, now), together.until("", 1, now));
    if (!wait.isZero()) {
      throw new Refusal(429, "too many attempts", wait);
    }
    if (!isOpen || !MessageDigest.isEqual(expected, digest(password))) {
      byAddress.take(source, 1, now);
      together.take("", 1, now);
      throw new Refusal(401, "wrong password");
    }
  }

  /** Digests have one length, so comparing them says nothing about the password's. */
  private byte[] digest(String password) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(password.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("HmacSHA256 (expected: part of every JVM)", missing);
    }
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
