package dev.carillon.gateway;

import java.io.IOException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** Why a connection of a client failed, in words for the log. Stateless. */
public final class ConnectionFailure {

  private ConnectionFailure() {}

  /** Without a word of what was sent, which a failure's own message may quote. */
  public static String words(Throwable failure) {
    for (@Nullable Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof SSLHandshakeException) {
        return "the TLS handshake failed; the other side may not trust the certificate";
      }
      if (each instanceof SSLException) {
        return "what came is not TLS, or broken TLS";
      }
      if (each instanceof IOException) {
        return "the connection broke";
      }
    }
    return "what came is malformed (" + failure.getClass().getSimpleName() + ")";
  }

  /** Whether it is worth a line: that a client just went away is not. */
  public static boolean isNews(Throwable failure) {
    return failure instanceof SSLException || !(failure instanceof IOException);
  }
}
