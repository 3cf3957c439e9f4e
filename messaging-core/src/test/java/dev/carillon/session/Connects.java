package dev.carillon.session;

import static dev.carillon.session.SessionFixture.namespace;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.SubscriptionGrant;
import dev.carillon.protocol.ConnectRequest;
import dev.carillon.protocol.ConnectResult;
import dev.carillon.protocol.Reply;
import dev.carillon.protocol.SubscribeRequest;
import dev.carillon.protocol.SubscribeResult;
import dev.carillon.token.ConnectionToken;
import dev.carillon.token.Verification;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Connects of ann with the token {@code t}, to a server with some namespaces. */
final class Connects {

  private Connects() {}

  /** A client whose token gives these channels. */
  static SessionFixture given(Map<String, ?> options, String... channels) {
    var client =
        new SessionFixture(
            options,
            List.of(
                namespace("", "presence", false),
                namespace("news", "history_size", 9, "history_ttl", "1h", "force_recovery", true),
                namespace("live", "allow_subscribe_for_client", true),
                namespace("social", "presence", true),
                namespace(
                    "users",
                    "allow_user_limited_channels",
                    true,
                    "allow_subscribe_for_client",
                    true)));
    client.effects.connectionTokens.put("t", token(grants(channels)));
    return client;
  }

  static Map<String, SubscriptionGrant> grants(String... channels) {
    Map<String, SubscriptionGrant> grants = new LinkedHashMap<>();
    for (String channel : channels) {
      grants.put(channel, SubscriptionGrant.PLAIN);
    }
    return grants;
  }

  static Verification<ConnectionToken> token(Map<String, SubscriptionGrant> subs) {
    return new Verification.Valid<>(
        new ConnectionToken("ann", Bytes.EMPTY, null, subs, Bytes.EMPTY));
  }

  static ConnectRequest connect() {
    return connect(Map.of());
  }

  static ConnectRequest connect(Map<String, SubscribeRequest> subs) {
    return new ConnectRequest(1, "t", Bytes.EMPTY, subs, "js", "1", Map.of(), 0);
  }

  /** The reply, with channels and how they begin in turn. */
  static Reply connected(Object... channelsAndResults) {
    Map<String, SubscribeResult> subs = new LinkedHashMap<>();
    for (int i = 0; i < channelsAndResults.length; i += 2) {
      subs.put((String) channelsAndResults[i], (SubscribeResult) channelsAndResults[i + 1]);
    }
    var result = new ConnectResult(SessionFixture.CLIENT, "Carillon test", 0, 25, true);
    return new Reply(1, result.withSubs(subs));
  }
}
