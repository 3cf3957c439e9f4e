package dev.carillon.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.centrifugal.centrifuge.HistoryOptions;
import io.github.centrifugal.centrifuge.HistoryResult;
import io.github.centrifugal.centrifuge.PresenceResult;
import io.github.centrifugal.centrifuge.PresenceStatsResult;
import io.github.centrifugal.centrifuge.PublishResult;
import io.github.centrifugal.centrifuge.RPCResult;
import io.github.centrifugal.centrifuge.ReplyError;
import io.github.centrifugal.centrifuge.Subscription;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The published Java SDK, unchanged, over Protobuf, against a node as everybody starts it. */
class JavaSdkIT {

  @RegisterExtension static final Nodes NODES = new Nodes();
  private static NodeProcess node;

  @BeforeAll
  static void start() {
    node = NODES.start("polyglot").awaitReady();
  }

  private static String token(String user) {
    return NODES.run("token", "--user", user, "--info", "{\"name\":\"" + user + "\"}");
  }

  private static JavaSdk connected(String user) {
    return new JavaSdk(node, token(user)).connect();
  }

  private static void publish(JavaSdk sdk, String channel, String data) throws Throwable {
    JavaSdk.<PublishResult>result(
        callback -> sdk.client().publish(channel, JavaSdk.bytes(data), callback));
  }

  @Test
  void twoClientsTalkAndSeeEachOtherComeAndGo() throws Throwable {
    try (JavaSdk ann = connected("ann");
        JavaSdk bob = connected("bob")) {
      ann.subscribe("chat:talk", options -> options.setJoinLeave(true));
      ann.await("subscribed chat:talk");
      Subscription talk = bob.subscribe("chat:talk", options -> options.setJoinLeave(true));
      ann.await("join bob");
      JavaSdk.<PublishResult>result(
          callback -> talk.publish(JavaSdk.bytes("{\"text\":\"hi\"}"), callback));
      assertEquals("publication chat:talk {\"text\":\"hi\"}", ann.await("publication"));
      talk.unsubscribe();
      ann.await("leave bob");
    }
  }

  @Test
  void presenceAndHistoryAreAnswered() throws Throwable {
    try (JavaSdk ann = connected("ann")) {
      Subscription room = ann.subscribe("chat:room", options -> {});
      ann.await("subscribed chat:room");
      publish(ann, "chat:room", "{\"n\":1}");
      publish(ann, "chat:room", "{\"n\":2}");
      PresenceResult presence = JavaSdk.result(room::presence);
      var info = presence.getClients().values().iterator().next();
      assertEquals("ann", info.getUser());
      assertEquals("{\"name\":\"ann\"}", JavaSdk.text(info.getConnInfo()));
      PresenceStatsResult stats = JavaSdk.result(room::presenceStats);
      assertEquals(1, stats.getNumUsers());
      var last = new HistoryOptions.Builder().withLimit(1).withReverse(true).build();
      HistoryResult history = JavaSdk.result(callback -> room.history(last, callback));
      assertEquals(2, history.getOffset());
      assertEquals(
          List.of("{\"n\":2}"),
          history.getPublications().stream().map(one -> JavaSdk.text(one.getData())).toList());
    }
  }

  @Test
  void whatWasMissedIsRecovered() throws Throwable {
    try (JavaSdk ann = connected("ann");
        JavaSdk bob = connected("bob")) {
      ann.subscribe("chat:missed", options -> {});
      bob.subscribe("chat:missed", options -> {});
      ann.await("subscribed chat:missed");
      bob.await("subscribed chat:missed");
      publish(bob, "chat:missed", "1");
      ann.await("publication chat:missed 1");
      ann.client().disconnect();
      ann.await("disconnected");
      publish(bob, "chat:missed", "2");
      publish(bob, "chat:missed", "3");
      ann.client().connect();
      ann.await("subscribed chat:missed recovered true");
      ann.await("publication chat:missed 3");
      assertEquals(
          List.of("1", "2", "3"),
          ann.heard.stream()
              .filter(line -> line.startsWith("publication"))
              .map(line -> line.substring("publication chat:missed ".length()))
              .toList());
    }
  }

  @Test
  void refusalsHaveTheirCodes() throws Throwable {
    try (JavaSdk ann = connected("ann")) {
      ReplyError rpc =
          assertThrows(
              ReplyError.class,
              () ->
                  JavaSdk.<RPCResult>result(
                      callback -> ann.client().rpc("method", new byte[0], callback)));
      assertEquals(108, rpc.getCode());
      ReplyError publish =
          assertThrows(ReplyError.class, () -> publish(ann, "chat:elsewhere", "1"));
      assertEquals(103, publish.getCode());
      ann.subscribe("nowhere:room", options -> {});
      assertEquals("unsubscribed nowhere:room 102", ann.await("unsubscribed nowhere:room"));
    }
  }

  @Test
  void aTokenThatProvesNothingEndsForGood() throws Throwable {
    try (JavaSdk mallory = new JavaSdk(node, token("mallory") + "x")) {
      mallory.client().connect();
      assertEquals("disconnected 3500", mallory.await("disconnected"));
    }
  }

  @Test
  void aLargePublicationArrivesUnchangedAndTheChatTakesJsonOnly() throws Throwable {
    try (JavaSdk ann = connected("ann")) {
      ann.subscribe("chat:large", options -> {});
      ann.await("subscribed chat:large");
      String large = "\"" + "x".repeat(60_000) + "\"";
      publish(ann, "chat:large", large);
      assertTrue(ann.await("publication chat:large \"xx").endsWith(large));
      ReplyError refused =
          assertThrows(ReplyError.class, () -> publish(ann, "chat:large", "no JSON at all"));
      assertEquals(107, refused.getCode(), "publication_data_format of the chat is json");
    }
  }
}
