package dev.carillon.session;

import static dev.carillon.session.Connects.connect;
import static dev.carillon.session.Connects.connected;
import static dev.carillon.session.Connects.given;
import static dev.carillon.session.SessionFixture.namespace;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.carillon.channel.Bytes;
import dev.carillon.config.ConfigException;
import dev.carillon.protocol.ConnectRequest;
import dev.carillon.protocol.Disconnect;
import dev.carillon.protocol.SubscribeRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Channels that a client gets without a token for them, and rules that count connections. */
class SessionPersonalChannelTest {

  private static final String NEWS = "news:a";
  private static final String LIVE = "live:a";
  private static final Map<String, Object> PERSONAL =
      Map.of("subscribe_to_user_personal_channel", Map.of("enabled", true));

  @Test
  void aUserIsSubscribedToItsPersonalChannel() {
    var client = given(PERSONAL).receive(connect());
    client.effects.answer("open #ann", null);
    assertEquals(List.of(connected("#ann", Answer.plain().result())), client.effects.take());

    Map<String, Object> elsewhere = Map.of("enabled", true, "personal_channel_namespace", "live");
    var other = given(Map.of("subscribe_to_user_personal_channel", elsewhere)).receive(connect());
    other.effects.answer("open live:#ann", null);
    assertEquals(List.of(connected("live:#ann", Answer.plain().result())), other.effects.take());

    var nobody = given(PERSONAL);
    nobody.receive(new ConnectRequest(1, "anonymous", "js", "1"));
    assertEquals(List.of(connected()), nobody.effects.take());
  }

  @Test
  void aPersonalChannelNeedsANamespace() {
    Map<String, Object> nowhere = Map.of("enabled", true, "personal_channel_namespace", "nowhere");
    assertThrows(
        ConfigException.class, () -> given(Map.of("subscribe_to_user_personal_channel", nowhere)));
  }

  @Test
  void aSingleConnectionEndsTheOthersOfTheUser() {
    Map<String, Object> alone =
        Map.of("enabled", true, "single_connection", true, "personal_channel_namespace", "social");
    var client = given(Map.of("subscribe_to_user_personal_channel", alone));
    client.effects.connections = 1;
    client.receive(connect());
    assertEquals(List.of("admit ann alone"), client.effects.others);
    assertNull(client.effects.closed);
  }

  @Test
  void connectionsOfAUserAreLimited() {
    var client = given(Map.of("user_connection_limit", 2));
    client.effects.connections = 1;
    assertEquals(List.of(connected()), client.receive(connect()).effects.take());
    var third = given(Map.of("user_connection_limit", 2));
    third.effects.connections = 2;
    assertEquals(Disconnect.CONNECTION_LIMIT, third.receive(connect()).effects.closed);
    var nobody = given(Map.of("user_connection_limit", 2));
    nobody.effects.connections = 2;
    nobody.receive(new ConnectRequest(1, "anonymous", "js", "1"));
    assertNull(nobody.effects.closed);
  }

  @Test
  void aConnectMayWishForWhatTheClientCouldSubscribeTo() {
    var client = given(Map.of());
    Map<String, SubscribeRequest> wishes = new LinkedHashMap<>();
    for (String channel : List.of(LIVE, NEWS, "$live:a", "live:é", "users:#ann", "users:#bob")) {
      wishes.put(channel, SubscribeRequest.of(0, channel));
    }
    client.receive(connect(wishes));
    client.effects.answer("open live:a", null);
    client.effects.answer("open users:#ann", null);
    assertEquals(
        List.of(connected(LIVE, Answer.plain().result(), "users:#ann", Answer.plain().result())),
        client.effects.take());
  }

  @Test
  void anAnonymousClientMayWishToo() {
    var client =
        new SessionFixture(
            Map.of("allow_anonymous_connect_without_token", true),
            List.of(
                namespace(
                    "live",
                    "allow_subscribe_for_client",
                    true,
                    "allow_subscribe_for_anonymous",
                    true)));
    var wishes = Map.of(LIVE, SubscribeRequest.of(0, LIVE));
    client.receive(new ConnectRequest(1, "", Bytes.EMPTY, wishes, "js", "1", Map.of(), 0));
    client.effects.answer("open live:a", null);
    assertEquals(List.of(connected(LIVE, Answer.plain().result())), client.effects.take());
  }

  @Test
  void aWishForWhatIsNoNameIsIgnored() {
    var client = given(Map.of("insecure", true));
    String tooLong = "live:" + "a".repeat(251);
    var wishes = Map.of("", SubscribeRequest.of(0, ""), tooLong, SubscribeRequest.of(0, tooLong));
    assertEquals(List.of(connected()), client.receive(connect(wishes)).effects.take());
  }

  @Test
  void aWishForAnUnknownNamespaceCloses() {
    var wishes = Map.of("nowhere:a", SubscribeRequest.of(0, "nowhere:a"));
    assertEquals(Disconnect.BAD_REQUEST, given(Map.of()).receive(connect(wishes)).effects.closed);
  }
}
