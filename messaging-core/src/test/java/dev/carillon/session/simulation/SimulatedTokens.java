package dev.carillon.session.simulation;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.SubscriptionGrant;
import dev.carillon.token.ConnectionToken;
import dev.carillon.token.SubscriptionToken;
import dev.carillon.token.Verification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tokens of one schedule: their text is a number, and what they say is looked up. */
final class SimulatedTokens {

  private final List<Verification<ConnectionToken>> connections = new ArrayList<>();
  private final List<Verification<SubscriptionToken>> subscriptions = new ArrayList<>();

  /** A token for the user with these channels, valid for so many seconds or for ever. */
  String connection(String user, Set<String> channels, @Nullable Duration validFor) {
    Map<String, SubscriptionGrant> grants = new LinkedHashMap<>();
    channels.forEach(channel -> grants.put(channel, SubscriptionGrant.PLAIN));
    return connection(
        new Verification.Valid<>(
            new ConnectionToken(user, Bytes.EMPTY, validFor, grants, Bytes.EMPTY)));
  }

  String connection(Verification<ConnectionToken> verification) {
    connections.add(verification);
    return String.valueOf(connections.size() - 1);
  }

  Verification<ConnectionToken> connection(String token) {
    return connections.get(Integer.parseInt(token));
  }

  String subscription(String user, String channel, @Nullable Duration validFor) {
    return subscription(
        new Verification.Valid<>(
            new SubscriptionToken(user, channel, "", SubscriptionGrant.PLAIN, validFor)));
  }

  String subscription(Verification<SubscriptionToken> verification) {
    subscriptions.add(verification);
    return String.valueOf(subscriptions.size() - 1);
  }

  Verification<SubscriptionToken> subscription(String token) {
    return subscriptions.get(Integer.parseInt(token));
  }
}
