package dev.carillon.redis;

import io.vertx.redis.client.Response;
import java.util.Locale;
import java.util.Set;

/** What a failed command says about the command and about its connection. */
enum Failure {
  /** Nobody knows whether it was done; the connection is of no use any more. */
  BROKEN,
  /** It was not done, and never will be over this connection: the server is no primary. */
  DEMOTED,
  /** It was not done, and may be a moment later. */
  BUSY,
  /** It was not done because this node has sent too much already. */
  OVERLOAD,
  /** It was not done because the server does not know the script. */
  UNKNOWN_SCRIPT,
  /** It was not done now; whether an earlier try did it nobody knows any more. */
  FORGOTTEN,
  /** It was not done, and somebody has to change something before it is. */
  REFUSED;

  private static final Set<String> BUSY_WORDS =
      Set.of("LOADING", "BUSY", "TRYAGAIN", "MASTERDOWN", "CLUSTERDOWN");

  static Failure of(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    if (message.contains("waiting queue is full")) {
      return OVERLOAD;
    }
    // How the client names the end of a connection, as if the server had said it.
    if (!(failure instanceof Response) || message.startsWith("CONNECTION_CLOSED")) {
      return BROKEN;
    }
    if (message.contains("NOSCRIPT")) {
      return UNKNOWN_SCRIPT;
    }
    String word = message.split(" ", 2)[0].toUpperCase(Locale.ROOT);
    if (word.equals("READONLY")) {
      return DEMOTED;
    }
    if (word.equals("FORGOTTEN")) {
      return FORGOTTEN;
    }
    return BUSY_WORDS.contains(word) ? BUSY : REFUSED;
  }

  /** Whether the connection has to be made anew. */
  boolean endsConnection() {
    return this == BROKEN || this == DEMOTED;
  }

  /** Whether trying again may help, and storing twice is ruled out by the key. */
  boolean mayPass() {
    return this != OVERLOAD && this != FORGOTTEN && this != REFUSED;
  }
}
