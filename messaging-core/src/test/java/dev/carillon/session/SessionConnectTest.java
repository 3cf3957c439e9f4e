package dev.carillon.session;

import static dev.carillon.session.SessionFixture.CLIENT;
import static dev.carillon.session.SessionFixture.chat;
import static dev.carillon.session.SessionFixture.connection;
import static dev.carillon.session.SessionFixture.error;
import static dev.carillon.session.SessionFixture.publish;
import static dev.carillon.session.SessionFixture.reply;
import static dev.carillon.session.SessionFixture.subscribe;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.channel.Bytes;
import dev.carillon.protocol.Command;
import dev.carillon.protocol.ConnectRequest;
import dev.carillon.protocol.ConnectResult;
import dev.carillon.protocol.Disconnect;
import dev.carillon.protocol.ErrorCode;
import dev.carillon.protocol.Pong;
import dev.carillon.protocol.PublishResult;
import dev.carillon.protocol.RefreshRequest;
import dev.carillon.protocol.RefreshResult;
import dev.carillon.protocol.RpcRequest;
import dev.carillon.protocol.SendRequest;
import dev.carillon.protocol.UnsubscribeRequest;
import dev.carillon.token.Verification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionConnectTest {

  private static final ConnectResult FOREVER =
      new ConnectResult(CLIENT, "Carillon test", 0, 25, true);

  @Test
  void aValidTokenConnects() {
    var client = chat().receive(connect("ann"));
    assertEquals(List.of(reply(1, FOREVER)), client.effects.take());
    assertEquals("ann", client.session.info().user());
    assertEquals("js", client.session.software());
  }

  @Test
  void aClientThatWasIntroducedNeedsNoToken() {
    var client = chat();
    client.session.introduce("eve");
    client.receive(connect(""));
    assertEquals(List.of(reply(1, FOREVER)), client.effects.take());
    assertEquals("eve", client.session.info().user());
  }

  @Test
  void aClientOfATransportWithPingsOfItsOwnIsToldOfNone() {
    var client = chat();
    client.session.keepalive().setApart(true);
    client.receive(connect("ann"));
    assertEquals(
        List.of(reply(1, new ConnectResult(CLIENT, "Carillon test", 0, 0, false))),
        client.effects.take());
    assertEquals(Disconnect.BAD_REQUEST, client.receive(Pong.PONG).effects.closed);
  }

  @Test
  void aTokenCountsMoreThanAnIntroduction() {
    var client = chat();
    client.session.introduce("eve");
    client.receive(connect("ann"));
    assertEquals(List.of(reply(1, FOREVER)), client.effects.take());
    assertEquals("ann", client.session.info().user());
    var broken = chat();
    broken.session.introduce("eve");
    assertEquals(Disconnect.INVALID_TOKEN, broken.receive(connect("broken")).effects.closed);
  }

  @Test
  void whatClientSoftwareCallsItselfIsCutToALength() {
    var client = chat();
    var longest = "n".repeat(64);
    client.receive(new ConnectRequest(1, "ann", longest + "n".repeat(60_000), "1"));
    assertEquals(longest, client.session.software());
  }

  @Test
  void theReplySaysWhenToRefresh() {
    var client = chat();
    client.effects.connectionTokens.put("t", connection("ann", "", Duration.ofMinutes(10)));
    client.receive(connect("t"));
    assertEquals(
        List.of(reply(1, new ConnectResult(CLIENT, "Carillon test", 600, 25, true))),
        client.effects.take());
  }

  @Test
  void anExpiryFarAwayIsCappedAtAYear() {
    var client = chat();
    client.effects.connectionTokens.put("t", connection("ann", "", Duration.ofDays(4000)));
    client.receive(connect("t"));
    assertEquals(
        List.of(reply(1, new ConnectResult(CLIENT, "Carillon test", 31_536_000, 25, true))),
        client.effects.take());
  }

  @Test
  void anExpiredTokenIsAnErrorSoThatTheSdkFetchesAnother() {
    var client = chat().receive(connect("expired"), publish(2, "chat:a", "1"));
    assertEquals(List.of(error(1, ErrorCode.TOKEN_EXPIRED)), client.effects.take());
    assertNull(client.effects.closed);
    client.receive(connect("ann"));
    assertEquals(Disconnect.BAD_REQUEST, client.effects.closed);
  }

  @Test
  void credentialsThatAreOverAreAnError() {
    var client = chat();
    client.effects.connectionTokens.put("t", connection("ann", "", Duration.ZERO));
    client.receive(connect("t"));
    assertEquals(List.of(error(1, ErrorCode.EXPIRED)), client.effects.take());
  }

  @Test
  void aTokenWhoseKeyIsOutOfReachIsATemporaryError() {
    var client = chat();
    client.effects.connectionTokens.put("t", new Verification.Unknown<>("no key"));
    client.receive(connect("t"));
    assertEquals(List.of(error(1, ErrorCode.INTERNAL)), client.effects.take());
    assertNull(client.effects.closed);
  }

  @Test
  void anInvalidTokenCloses() {
    assertEquals(Disconnect.INVALID_TOKEN, chat().receive(connect("forged")).effects.closed);
  }

  @Test
  void noTokenClosesUnlessAnonymousClientsAreAllowed() {
    assertEquals(Disconnect.BAD_REQUEST, chat().receive(connect("")).effects.closed);
    for (String option : List.of("insecure", "allow_anonymous_connect_without_token")) {
      var client = new SessionFixture(Map.of(option, true), List.of()).receive(connect(""));
      assertEquals(List.of(reply(1, FOREVER)), client.effects.take(), option);
    }
  }

  @Test
  void anonymousTokensCanBeDisallowed() {
    var allowed = chat().receive(connect("anonymous"));
    assertEquals(List.of(reply(1, FOREVER)), allowed.effects.take());
    var refused =
        new SessionFixture(Map.of("disallow_anonymous_connection_tokens", true), List.of())
            .receive(connect("anonymous"));
    assertEquals(Disconnect.PERMISSION_DENIED, refused.effects.closed);
  }

  @Test
  void anInsecureServerChecksTokensButNobodyExpires() {
    var client = new SessionFixture(Map.of("insecure", true), List.of());
    client.effects.connectionTokens.put("t", connection("ann", "", Duration.ofSeconds(1)));
    assertEquals(List.of(reply(1, FOREVER)), client.receive(connect("t")).effects.take());
    var forger = new SessionFixture(Map.of("insecure", true), List.of()).receive(connect("x"));
    assertEquals(Disconnect.INVALID_TOKEN, forger.effects.closed);
  }

  @Test
  void nothingButAConnectComesFirst() {
    List<Command> others =
        List.of(
            subscribe(1, "chat:a"),
            publish(1, "chat:a", "1"),
            new RefreshRequest(1, "ann"),
            new SendRequest(0, Bytes.EMPTY),
            Pong.PONG);
    for (Command other : others) {
      assertEquals(Disconnect.BAD_REQUEST, chat().receive(other).effects.closed, "" + other);
    }
  }

  @Test
  void aSecondConnectCloses() {
    assertEquals(Disconnect.BAD_REQUEST, chat().connected().receive(connect("ann")).effects.closed);
  }

  @Test
  void commandsWaitForTheConnectAndThenRunInOrder() {
    var client = chat("allow_publish_for_client", true);
    client.effects.verifyLate = true;
    client.receive(connect("ann"), publish(2, "chat:a", "1"));
    client.receive(publish(3, "chat:a", "2"));
    assertEquals(List.of(), client.effects.take());
    client.effects.lateVerifications.remove().run();
    assertEquals(List.of(reply(1, FOREVER)), client.effects.take());
    client.effects.answer("publish chat:a 1", null);
    client.effects.answer("publish chat:a 2", null);
    assertEquals(
        List.of(reply(2, new PublishResult()), reply(3, new PublishResult())),
        client.effects.take());
  }

  @Test
  void commandsThatWaitForAFailedConnectAreDropped() {
    var client = chat();
    client.effects.verifyLate = true;
    client.receive(connect("expired"), publish(2, "chat:a", "1"));
    client.receive(publish(3, "chat:a", "2"));
    client.effects.lateVerifications.remove().run();
    assertEquals(List.of(error(1, ErrorCode.TOKEN_EXPIRED)), client.effects.take());
  }

  @Test
  void aFastClientIsHeldUpAndItsCommandsAreBounded() {
    var client =
        new SessionFixture(
            Map.of("command_queue_max_size", 100),
            List.of(SessionFixture.namespace("chat", "allow_publish_for_client", true)));
    client.connected();
    var commands = new ArrayList<Command>();
    for (int id = 2; id < 67; id++) {
      commands.add(publish(id, "chat:a", "1"));
    }
    client.session.received(commands, client.now);
    assertFalse(client.effects.reading);
    for (int answered = 0; answered < 50; answered++) {
      client.effects.answer("publish", null);
    }
    assertTrue(client.effects.reading);
    client.session.received(commands, client.now);
    client.session.received(commands, client.now);
    assertEquals(Disconnect.BAD_REQUEST, client.effects.closed);
  }

  @Test
  void whoDoesNotConnectIsClosedAsStale() {
    var client = chat().after(Duration.ofMillis(9_999));
    assertNull(client.effects.closed);
    assertEquals(Disconnect.STALE, client.after(Duration.ofMillis(1)).effects.closed);
    var refused = chat().receive(connect("expired")).after(Duration.ofSeconds(10));
    assertEquals(Disconnect.STALE, refused.effects.closed);
  }

  @Test
  void anAnswerAfterTheCloseChangesNothing() {
    var client = chat();
    client.effects.verifyLate = true;
    client.receive(connect("ann"));
    client.session.closed();
    client.effects.lateVerifications.remove().run();
    assertEquals(List.of(), client.effects.take());
    assertNull(client.effects.closed);
  }

  @Test
  void thereIsNoApplicationBehindTheServer() {
    var client = chat().connected().receive(new RpcRequest(2, "m", Bytes.EMPTY));
    assertEquals(List.of(error(2, ErrorCode.NOT_AVAILABLE)), client.effects.take());
    assertEquals(
        Disconnect.NOT_AVAILABLE, client.receive(new SendRequest(0, Bytes.EMPTY)).effects.closed);
  }

  @Test
  void aChannelCommandWithoutAChannelCloses() {
    List<Command> commands =
        List.of(subscribe(2, ""), publish(2, "", "1"), new UnsubscribeRequest(2, ""));
    for (Command command : commands) {
      var client = chat().connected().receive(command);
      assertEquals(Disconnect.BAD_REQUEST, client.effects.closed, "" + command);
    }
  }

  @Test
  void aRefreshRenewsTheConnection() {
    var client = expiring(Duration.ofSeconds(60));
    client.effects.connectionTokens.put("next", connection("ann", "{}", Duration.ofSeconds(90)));
    client.receive(new RefreshRequest(2, "next"));
    assertEquals(List.of(reply(2, new RefreshResult(90))), client.effects.take());
    assertNull(survive(client, Duration.ofSeconds(90 + 24)).effects.closed);
    assertEquals("{}", client.session.info().connInfo().asUtf8());
  }

  @Test
  void whoDoesNotRefreshIsClosedAfterTheGrace() {
    var client = expiring(Duration.ofSeconds(60));
    assertNull(survive(client, Duration.ofSeconds(60 + 24)).effects.closed);
    assertEquals(Disconnect.CONNECTION_EXPIRED, client.after(Duration.ofSeconds(1)).effects.closed);
  }

  @Test
  void aRefreshNeedsAGoodTokenOfTheSameUser() {
    var client = expiring(Duration.ofSeconds(60));
    client.effects.connectionTokens.put("bob", connection("bob", "", null));
    assertEquals(Disconnect.INVALID_TOKEN, refresh(client, "bob"));
    assertEquals(Disconnect.INVALID_TOKEN, refresh(expiring(Duration.ofSeconds(60)), "forged"));
    assertEquals(
        Disconnect.CONNECTION_EXPIRED, refresh(expiring(Duration.ofSeconds(60)), "expired"));
    assertEquals(Disconnect.BAD_REQUEST, refresh(expiring(Duration.ofSeconds(60)), ""));
  }

  @Test
  void aRefreshWithATokenThatIsOverIsAnError() {
    var client = expiring(Duration.ofSeconds(60));
    client.effects.connectionTokens.put("over", connection("ann", "", Duration.ZERO));
    client.effects.connectionTokens.put("far", new Verification.Unknown<>("no key"));
    client.receive(new RefreshRequest(2, "over"), new RefreshRequest(3, "far"));
    assertEquals(
        List.of(error(2, ErrorCode.EXPIRED), error(3, ErrorCode.INTERNAL)), client.effects.take());
  }

  private static SessionFixture expiring(Duration validFor) {
    var client = chat();
    client.effects.connectionTokens.put("short", connection("ann", "", validFor));
    client.receive(connect("short"));
    client.effects.take();
    return client;
  }

  /** Lets time pass in steps of a second, with a pong for each ping. */
  private static SessionFixture survive(SessionFixture client, Duration time) {
    for (long second = 0; second < time.toSeconds(); second++) {
      client.after(Duration.ofSeconds(1));
      if (client.effects.take().contains(RecordedEffects.PING)) {
        client.receive(Pong.PONG);
      }
    }
    return client;
  }

  private static Object refresh(SessionFixture client, String token) {
    Disconnect closed = client.receive(new RefreshRequest(2, token)).effects.closed;
    return closed == null ? client.effects.take() : closed;
  }

  private static ConnectRequest connect(String token) {
    return new ConnectRequest(1, token, "js", "1");
  }
}
