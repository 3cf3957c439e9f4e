package dev.carillon.admin;

import java.time.Duration;

/**
 * Why a request is not answered as it wished: status, words for the page, and when to try again.
 */
final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final Duration retryAfter;

  Refusal(int status, String message) {
    this(status, message, Duration.ZERO);
  }

  Refusal(int status, String message, Duration retryAfter) {
    // No stack trace: strangers can cause as many of these as they like.
    super(message, null, false, false);
    this.status = status;
    this.retryAfter = retryAfter;
  }

  /** What every request without a valid token gets, whatever is wrong with it. */
  static Refusal notLoggedIn() {
    return new Refusal(401, "not logged in");
  }

  /** A request that is wrong: what it says, and what was expected. */
  static Refusal bad(String value, String expected) {
    return new Refusal(400, value + " (expected: " + expected + ")");
  }

  int status() {
    return status;
  }

  String words() {
    return String.valueOf(getMessage());
  }

  /** Zero when there is nothing to wait for. */
  Duration retryAfter() {
    return retryAfter;
  }
}
