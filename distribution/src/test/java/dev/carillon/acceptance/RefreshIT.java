package dev.carillon.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.carillon.protocol.Encoding;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tokens that expire and are renewed by the real client; see docs/PROTOCOL.md. */
class RefreshIT {
  /** Seconds until the client needs the next token. */
  private static final int SHORT = 4;

  private static final int LONG = 600;

  @RegisterExtension
  static final OneNode NODE = new OneNode("client.token.hmac_secret_key: " + Signed.SECRET);

  @Test
  void aConnectionIsRenewedWithTheNextToken() {
    List<SdkClient> clients =
        Arrays.stream(Encoding.values())
            .map(encoding -> connected("renewed", encoding, claims(SHORT), claims(LONG)))
            .toList();
    for (SdkClient client : clients) {
      client.awaitEvents("token", 2);
      // The answer to a command shows that the refresh before it was accepted.
      client.subscribe("$a", List.of(Signed.token(claims(LONG).put("channel", "$a"))));
      assertEquals(1, client.events("connected").size());
    }
  }

  @Test
  void aSubscriptionIsRenewedWithTheNextToken() {
    List<SdkClient> clients =
        Arrays.stream(Encoding.values())
            .map(encoding -> connected("reader", encoding, claims(LONG)))
            .toList();
    for (SdkClient client : clients) {
      client.subscribe(
          "$b",
          List.of(
              Signed.token(claims(SHORT).put("channel", "$b")),
              Signed.token(claims(LONG).put("channel", "$b"))));
    }
    for (SdkClient client : clients) {
      client.awaitEvents("token", 3);
      client.subscribe("$c", List.of(Signed.token(claims(LONG).put("channel", "$c"))));
      assertEquals(2, client.events("subscribed").size());
      assertEquals(List.of(), client.events("unsubscribed"));
    }
  }

  @Test
  void aTokenWithOtherChannelsBringsThemByANewConnection() {
    List<SdkClient> clients =
        Arrays.stream(Encoding.values())
            .map(
                encoding ->
                    connected(
                        "moved",
                        encoding,
                        claims(SHORT, "d"),
                        claims(LONG, "e"),
                        claims(LONG, "e")))
            .toList();
    for (SdkClient client : clients) {
      client.awaitEvents("connected", 2);
      assertEquals(3010, client.events("connecting").get(1).getInteger("code"));
      assertEquals("e", client.events("subscribed").get(1).getString("channel"));
    }
  }

  private static JsonObject claims(int seconds, String... channels) {
    return Signed.expiring("ann", seconds).put("channels", new JsonArray(List.of(channels)));
  }

  private static SdkClient connected(String name, Encoding encoding, JsonObject... claims) {
    String[] tokens = Arrays.stream(claims).map(Signed::token).toArray(String[]::new);
    return NODE.connected(name, encoding, tokens);
  }
}
