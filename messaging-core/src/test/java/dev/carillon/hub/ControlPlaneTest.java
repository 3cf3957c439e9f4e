package dev.carillon.hub;

import static dev.carillon.broker.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.carillon.broker.MemoryPorts;
import dev.carillon.channel.Bytes;
import dev.carillon.channel.SubscriptionGrant;
import dev.carillon.config.OptionReader;
import dev.carillon.control.ChannelCounts;
import dev.carillon.control.ChannelsQuestion;
import dev.carillon.control.DisconnectOrder;
import dev.carillon.control.Order;
import dev.carillon.control.RefreshOrder;
import dev.carillon.control.SubscribeOrder;
import dev.carillon.control.Target;
import dev.carillon.control.UnsubscribeOrder;
import dev.carillon.node.NodeInfo;
import dev.carillon.port.Ports;
import dev.carillon.protocol.Disconnect;
import dev.carillon.session.ChannelOptions;
import dev.carillon.session.ClientOptions;
import dev.carillon.token.JwtVerifier;
import dev.carillon.token.TokenIssuer;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Orders and questions to hubs of several event loops and nodes. */
class ControlPlaneTest {

  private final Vertx vertx = Vertx.vertx();
  private final MemoryPorts cluster = new MemoryPorts(vertx);
  private final Node one = new Node("n1");
  private final Node two = new Node("n2");

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  @Test
  void allConnectionsOfAUserAreClosedOnAllNodesButThoseThatAreSpared() {
    TestClient first = one.open("ann");
    TestClient second = one.open("ann");
    TestClient third = two.open("ann");
    TestClient spared = two.open("ann");
    TestClient bob = two.open("bob");
    var order = new DisconnectOrder(Target.user("ann"), 4500, "banned", List.of(spared.clientId()));
    assertEquals(Map.of("n1", 2, "n2", 1), done(order));
    for (TestClient client : List.of(first, second, third)) {
      assertEquals(new Disconnect(4500, "banned"), client.awaitClose());
    }
    assertNull(spared.closed);
    assertNull(bob.closed);
    assertEquals(Map.of("n1", 0, "n2", 1), done(new UnsubscribeOrder(Target.user("ann"), "")));
  }

  @Test
  void aUserWithoutANameIsNotEverybody() {
    TestClient ann = one.open("ann");
    TestClient nobody = one.open("");
    done(new DisconnectOrder(Target.user(""), 3503, "force disconnect", List.of()));
    assertEquals(Disconnect.FORCE_DISCONNECT, nobody.awaitClose());
    assertNull(ann.closed);
  }

  @Test
  void oneConnectionOfAUserIsSubscribedAndLeavesAgain() {
    TestClient first = one.open("ann");
    TestClient second = two.open("ann");
    Target target = new Target("ann", second.clientId());
    done(new SubscribeOrder(target, "room", SubscriptionGrant.PLAIN, 0, null));
    second.await("\"push\":{\"channel\":\"room\",\"subscribe\":{");
    assertEquals(Map.of("room", 1), of(channels(""), "n2"));
    done(new UnsubscribeOrder(target, "room"));
    second.await("\"push\":{\"channel\":\"room\",\"unsubscribe\":{\"code\":2000");
    eventually(() -> "still there", () -> of(channels(""), "n2").isEmpty());
    assertNull(first.find("room"));
  }

  @Test
  void aConnectionIsToldWhenItExpires() {
    TestClient ann = one.open("ann");
    long inAnHour = System.currentTimeMillis() / 1_000 + 3_600;
    done(new RefreshOrder(Target.user("ann"), false, inAnHour, null));
    ann.await("\"push\":{\"refresh\":{\"expires\":true,\"ttl\":3");
    done(new RefreshOrder(Target.user("ann"), true, 0, null));
    assertEquals(Disconnect.CONNECTION_EXPIRED, ann.awaitClose());
  }

  @Test
  void theChannelsOfAllNodesAreListedByTheirPattern() {
    for (String room : List.of("aa:1", "aa:2", "bb:1")) {
      one.openIn("ann", room);
    }
    one.openIn("bob", "aa:1");
    two.openIn("bob", "aa:2");
    assertEquals(
        Map.of("n1", Map.of("aa:1", 2, "aa:2", 1), "n2", Map.of("aa:2", 1)), channels("aa:*"));
    assertEquals(Map.of("n1", Map.of(), "n2", Map.of()), channels("AA:*"));
  }

  @Test
  void aLimitedListHasTheFirstByNameAndTheNextOneGoesOnBehindThem() {
    for (String room : List.of("aa:3", "aa:1", "bb:1", "aa:2")) {
      one.openIn("ann", room);
      one.openIn("bob", room);
    }
    var first = new ChannelCounts(Map.of("aa:1", 2, "aa:2", 2), false);
    var rest = new ChannelCounts(Map.of("aa:3", 2, "bb:1", 2), true);
    assertEquals(first, page(new ChannelsQuestion("", "", 2)));
    assertEquals(rest, page(new ChannelsQuestion("", "aa:2", 2)));
    assertEquals(first, page(new ChannelsQuestion("aa:*", "", 2)));
  }

  @Test
  void everyNodeSaysWhatItHas() {
    one.openIn("ann", "aa:1");
    one.openIn("ann", "aa:2");
    one.openIn("bob", "aa:1");
    var stats = byNode(two.plane().stats().await());
    var first = of(stats, "n1");
    assertEquals(
        "3 clients, 2 users, 2 channels, 3 subscriptions",
        "%d clients, %d users, %d channels, %d subscriptions"
            .formatted(first.clients(), first.users(), first.channels(), first.subscriptions()));
    assertEquals(0, of(stats, "n2").clients());
  }

  @Test
  void aNodeThatDoesNotAnswerIsNamed() {
    one.openIn("ann", "aa:1");
    join("n3");
    Answers<ChannelCounts> answers = one.plane().channels(new ChannelsQuestion("", "", 10)).await();
    assertEquals(List.of("n3"), answers.silent().stream().map(NodeInfo::name).toList());
    assertEquals(false, answers.isComplete());
    assertEquals(Map.of("aa:1", 1), of(byNode(answers), "n1").subscribers());
  }

  private Map<String, Integer> done(Order order) {
    Map<String, Integer> counts = new HashMap<>();
    byNode(one.plane().order(order).await())
        .forEach((node, done) -> counts.put(node, done.connections()));
    return counts;
  }

  private Map<String, Map<String, Integer>> channels(String pattern) {
    Map<String, Map<String, Integer>> channels = new HashMap<>();
    byNode(two.plane().channels(new ChannelsQuestion(pattern, "", 100)).await())
        .forEach((node, counts) -> channels.put(node, counts.subscribers()));
    return channels;
  }

  private ChannelCounts page(ChannelsQuestion question) {
    return of(byNode(two.plane().channels(question).await()), "n1");
  }

  private static <T> Map<String, T> byNode(Answers<T> answers) {
    Map<String, T> byNode = new HashMap<>();
    answers.given().forEach((node, answer) -> byNode.put(node.name(), answer));
    return byNode;
  }

  private static <T> T of(Map<String, T> byNode, String node) {
    return Objects.requireNonNull(byNode.get(node), node);
  }

  private Ports join(String name) {
    return cluster.join(name).toCompletionStage().toCompletableFuture().join();
  }

  /** A node with two event loops that take turns. */
  private final class Node {

    private final Ports ports;
    private final TokenIssuer issuer;
    private final List<Hub> hubs;
    private int opened;

    Node(String name) {
      var token = Map.of("hmac_secret_key", "0123456789abcdef0123456789abcdef");
      var options = OptionReader.read(ClientOptions.class, Map.of("token", token));
      var open = Map.of("allow_subscribe_for_client", true);
      var channels =
          OptionReader.read(
              ChannelOptions.class,
              Map.of(
                  "without_namespace",
                  open,
                  "namespaces",
                  List.of(
                      Map.of("name", "aa", "allow_subscribe_for_client", true),
                      Map.of("name", "bb", "allow_subscribe_for_client", true))));
      ports = join(name);
      issuer = new TokenIssuer(options.token());
      var all = new Hubs(vertx, ports, options, channels, new JwtVerifier(vertx, options.token()));
      new ControlDesk(vertx, ports.links()).serve(all);
      hubs = List.of(hubOf(all), hubOf(all));
    }

    private Hub hubOf(Hubs hubs) {
      return TestClient.on(vertx.getOrCreateContext(), hubs::here);
    }

    ControlPlane plane() {
      return new ControlPlane(ports.links(), ports.membership());
    }

    TestClient open(String user) {
      String token = issuer.connection(user, Bytes.EMPTY, Duration.ZERO, 0);
      TestClient client = TestClient.open(hubs.get(opened++ % hubs.size())).connect(token);
      client.await("\"connect\":{\"client\"");
      return client;
    }

    TestClient openIn(String user, String channel) {
      TestClient client = open(user);
      client.send("{\"id\":2,\"subscribe\":{\"channel\":\"" + channel + "\"}}");
      client.await("\"id\":2,\"subscribe\"");
      return client;
    }
  }
}
