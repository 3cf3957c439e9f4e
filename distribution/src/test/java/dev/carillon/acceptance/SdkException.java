package dev.carillon.acceptance;

/** What the client answered instead of a result: an error reply, or why it was disconnected. */
final class SdkException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int code;

  SdkException(int code, String message) {
    super(code + " " + message);
    this.code = code;
  }

  int code() {
    return code;
  }
}
