package dev.carillon.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.acceptance.JavaSdk.SubscriptionTokens;
import io.github.centrifugal.centrifuge.PresenceStatsResult;
import io.github.centrifugal.centrifuge.PublishResult;
import io.github.centrifugal.centrifuge.Subscription;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What tokens give and how they are renewed, with the published Java SDK over Protobuf. */
class JavaSdkTokensIT {

  /** Seconds until the client needs the next token. */
  private static final int SHORT = 4;

  private static final int LONG = 600;

  @RegisterExtension static final Nodes NODES = new Nodes();
  private static NodeProcess node;

  @BeforeAll
  static void start() {
    List<String> arguments = new ArrayList<>();
    for (String option :
        List.of(
            "client.token.hmac_secret_key=" + Signed.SECRET,
            "channel.without_namespace.presence=true",
            "channel.without_namespace.history_size=100",
            "channel.without_namespace.history_ttl=1h",
            "channel.without_namespace.force_recovery=true",
            "channel.without_namespace.allow_subscribe_for_client=true",
            "channel.without_namespace.allow_publish_for_client=true",
            "channel.without_namespace.allow_presence_for_client=true")) {
      arguments.addAll(List.of("--set", option));
    }
    node = NODES.start("tokens", arguments.toArray(String[]::new)).awaitReady();
  }

  private static String token(String user, int seconds) {
    return Signed.token(Signed.expiring(user, seconds));
  }

  private static String pass(String user, String channel, int seconds) {
    return Signed.token(Signed.expiring(user, seconds).put("channel", channel));
  }

  private static Queue<String> queue(String... tokens) {
    return new ConcurrentLinkedQueue<>(List.of(tokens));
  }

  private static JavaSdk connected(String user) {
    return new JavaSdk(node, token(user, LONG)).connect();
  }

  private static void publish(JavaSdk sdk, String channel, String data) throws Throwable {
    JavaSdk.<PublishResult>result(
        callback -> sdk.client().publish(channel, JavaSdk.bytes(data), callback));
  }

  @Test
  void aChannelOfTheTokenDeliversAndRecoversWhatWasMissed() throws Throwable {
    JsonObject claims = Signed.expiring("ann", LONG).put("channels", new JsonArray().add("news"));
    try (JavaSdk ann = new JavaSdk(node, Signed.token(claims)).connect();
        JavaSdk bob = connected("bob")) {
      ann.await("server subscribed news recovered false");
      publish(bob, "news", "1");
      ann.await("server publication news 1");
      ann.client().disconnect();
      ann.await("disconnected");
      publish(bob, "news", "2");
      ann.client().connect();
      ann.await("server subscribed news recovered true");
      ann.await("server publication news 2");
      publish(bob, "news", "3");
      ann.await("server publication news 3");
      assertEquals(
          3, ann.heard.stream().filter(line -> line.startsWith("server publication")).count());
    }
  }

  @Test
  void tokensThatExpireAreRenewed() throws Throwable {
    Queue<String> tokens = queue(token("ann", SHORT), token("ann", LONG));
    Queue<String> passes = queue(pass("ann", "$a", SHORT), pass("ann", "$a", LONG));
    try (JavaSdk ann = new JavaSdk(node, tokens).connect()) {
      Subscription subscription =
          ann.subscribe("$a", options -> options.setTokenGetter(new SubscriptionTokens(passes)));
      ann.await("subscribed $a");
      Eventually.await(
          "both to be renewed", JavaSdk.PATIENCE, () -> tokens.isEmpty() && passes.isEmpty());
      // The answer to a command shows that the refreshes before it were accepted.
      PresenceStatsResult stats = JavaSdk.result(subscription::presenceStats);
      assertEquals(1, stats.getNumClients());
      assertEquals(List.of("connected", "subscribed $a recovered false"), ann.heard);
    }
  }

  @Test
  void anExpiredTokenIsReplacedByTheNextOne() throws Throwable {
    Queue<String> tokens = queue(token("ann", -60), token("ann", LONG));
    try (JavaSdk ann = new JavaSdk(node, tokens).connect()) {
      assertTrue(tokens.isEmpty());
      // This version asks for another token for a subscription, but ends it nevertheless.
      ann.subscribe("$b", options -> options.setToken(pass("ann", "$b", -60)));
      assertEquals("unsubscribed $b 109", ann.await("unsubscribed $b"));
    }
  }

  @Test
  void whatEndsAConnectionForGoodHasItsCode() throws Throwable {
    try (JavaSdk sender = connected("sender");
        JavaSdk thief = connected("thief")) {
      sender.client().send(JavaSdk.bytes("{}"), failure -> {});
      assertEquals("disconnected 3508", sender.await("disconnected"));
      thief.subscribe("$vault", options -> options.setToken(pass("ann", "$vault", LONG)));
      assertEquals("disconnected 3500", thief.await("disconnected"));
    }
  }
}
