package dev.carillon.http;

/** TLS can't be offered. The message is one line for an operator: key, file, what is wrong. */
public final class TlsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TlsException(String message) {
    super(message);
  }

  TlsException(String message, Throwable cause) {
    super(message, cause);
  }
}
