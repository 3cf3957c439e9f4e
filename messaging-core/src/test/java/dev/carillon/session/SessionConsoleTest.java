package dev.carillon.session;

import static dev.carillon.session.Ask.ask;
import static dev.carillon.session.Connects.connect;
import static dev.carillon.session.Connects.connected;
import static dev.carillon.session.SessionFixture.error;
import static dev.carillon.session.SessionFixture.namespace;
import static dev.carillon.session.SessionFixture.publication;
import static dev.carillon.session.SessionFixture.publish;
import static dev.carillon.session.SessionFixture.reply;
import static dev.carillon.session.SessionFixture.subscribe;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.SubscriptionGrant;
import dev.carillon.protocol.Disconnect;
import dev.carillon.protocol.ErrorCode;
import dev.carillon.protocol.EventPush;
import dev.carillon.protocol.PresenceRequest;
import dev.carillon.protocol.RefreshRequest;
import dev.carillon.protocol.RefreshResult;
import dev.carillon.token.ConnectionToken;
import dev.carillon.token.Verification;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A session of the console has its own channel, and nobody else has it. */
class SessionConsoleTest {

  private static final String OWN = "$console:s1";
  private static final String OTHER = "$console:s2";

  /** Everything that could let somebody in is on, and a namespace has the console's name. */
  private static final Map<String, Object> OPEN =
      Map.of("subscribe_to_user_personal_channel", Map.of("enabled", true));

  private static SessionFixture given() {
    var fixture =
        new SessionFixture(
            OPEN,
            List.of(
                namespace("", "allow_subscribe_for_client", true),
                namespace(
                    "console",
                    "allow_subscribe_for_client",
                    true,
                    "allow_publish_for_client",
                    true,
                    "allow_presence_for_client",
                    true,
                    "presence",
                    true)));
    fixture.effects.connectionTokens.put("t", token(OWN, true));
    return fixture;
  }

  private static Verification<ConnectionToken> token(String channel, boolean console) {
    return new Verification.Valid<>(
        new ConnectionToken(
            OWN,
            Bytes.EMPTY,
            Duration.ofMinutes(15),
            Map.of(channel, SubscriptionGrant.PLAIN),
            Bytes.EMPTY,
            console));
  }

  /** A console that is connected. */
  private static SessionFixture console() {
    var console = given().receive(connect());
    console.effects.answer("open", null);
    console.effects.answer("enter", null);
    console.effects.take();
    return console;
  }

  @Test
  void aConsoleIsSubscribedToItsChannelByConnectingAndToNoOther() {
    var console = given().receive(connect());
    console.effects.answer("open $console:s1", null);
    console.effects.answer("enter $console:s1", null);
    assertEquals(1, console.session.channels());
    console.effects.take();
    console.effects.subscriber(OWN).event(publication(0));
    assertEquals(List.of(new EventPush(OWN, publication(0))), console.effects.take());
  }

  @Test
  void rulesThatCountConnectionsDoNotMeetAnOperator() {
    Map<String, Object> alone = Map.of("enabled", true, "single_connection", true);
    for (Map<String, Object> rule :
        List.<Map<String, Object>>of(
            Map.of("user_connection_limit", 1),
            Map.of("subscribe_to_user_personal_channel", alone))) {
      var console = new SessionFixture(rule, List.of());
      console.effects.connectionTokens.put("t", token(OWN, true));
      console.effects.connections = 1;
      console.receive(connect());
      assertEquals(List.of(), console.effects.others);
      assertNull(console.effects.closed);
    }
  }

  @Test
  void noTokenOfAnApplicationGivesAChannelOfTheConsole() {
    var client = given();
    client.effects.connectionTokens.put("t", token(OWN, false));
    assertEquals(
        List.of(error(1, ErrorCode.UNKNOWN_CHANNEL)), client.receive(connect()).effects.take());
  }

  @Test
  void noClientCanAskForOneWhenItConnects() {
    var client = given();
    client.effects.connectionTokens.put("t", SessionFixture.connection("", "", null));
    client.receive(connect(Map.of(OWN, ask(OWN).as(0))));
    assertEquals(List.of(connected()), client.effects.take());
  }

  @Test
  void noCommandReachesOneNotEvenFromItsOwnSession() {
    for (String channel : List.of(OWN, OTHER)) {
      var console = console();
      console.receive(publish(3, channel, "1"), new PresenceRequest(4, channel));
      assertEquals(
          List.of(error(3, ErrorCode.PERMISSION_DENIED), error(4, ErrorCode.PERMISSION_DENIED)),
          console.effects.take());
    }
    var console = console().receive(subscribe(5, OTHER), subscribe(6, OTHER, "t"));
    assertEquals(
        List.of(error(5, ErrorCode.PERMISSION_DENIED), error(6, ErrorCode.PERMISSION_DENIED)),
        console.effects.take());
  }

  @Test
  void aRefreshOfTheSameSessionGoesOn() {
    var console = console().receive(new RefreshRequest(2, "t"));
    assertEquals(List.of(reply(2, new RefreshResult(900))), console.effects.take());
    assertNull(console.effects.closed);
  }

  @Test
  void aTokenThatGivesAnotherChannelOrNoneEndsIt() {
    var next =
        Map.of("other", token(OTHER, true), "none", SessionFixture.connection(OWN, "", null));
    next.forEach(
        (name, token) -> {
          var console = console();
          console.effects.connectionTokens.put(name, token);
          console.receive(new RefreshRequest(2, name));
          assertEquals(Disconnect.INSUFFICIENT_STATE, console.effects.closed, name);
        });
  }
}
