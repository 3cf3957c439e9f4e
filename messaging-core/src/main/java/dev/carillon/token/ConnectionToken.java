package dev.carillon.token;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.SubscriptionGrant;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a connection token says.
 *
 * @param user the user id; empty for an anonymous client
 * @param info JSON that other clients see; empty when there is none
 * @param validFor how long the connection may last from now; null: without limit; zero or less: it
 *     is over
 * @param subs channels that the client is subscribed to by connecting, in the order of the token
 * @param meta JSON for the application behind the server, never shown to clients; empty when there
 *     is none
 * @param console whether it comes from the console: only then a channel may be the console's
 */
public record ConnectionToken(
    String user,
    Bytes info,
    @Nullable Duration validFor,
    Map<String, SubscriptionGrant> subs,
    Bytes meta,
    boolean console) {

  public ConnectionToken {
    subs = Collections.unmodifiableMap(new LinkedHashMap<>(subs));
  }

  /** Of the application. */
  public ConnectionToken(
      String user,
      Bytes info,
      @Nullable Duration validFor,
      Map<String, SubscriptionGrant> subs,
      Bytes meta) {
    this(user, info, validFor, subs, meta, false);
  }

  /** Without channels. */
  public ConnectionToken(String user, Bytes info, @Nullable Duration validFor) {
    this(user, info, validFor, Map.of(), Bytes.EMPTY);
  }
}
