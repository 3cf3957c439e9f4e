package dev.carillon.hub;

import static dev.carillon.broker.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.carillon.broker.MemoryPorts;
import dev.carillon.channel.Bytes;
import dev.carillon.config.OptionReader;
import dev.carillon.port.Ports;
import dev.carillon.protocol.Disconnect;
import dev.carillon.session.ChannelOptions;
import dev.carillon.session.ClientOptions;
import dev.carillon.token.JwtVerifier;
import dev.carillon.token.TokenIssuer;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rules about all connections of one user, on hubs of several event loops and nodes. */
class UserRulesTest {

  private static final Map<String, Object> ALONE =
      Map.of(
          "subscribe_to_user_personal_channel", Map.of("enabled", true, "single_connection", true));
  private static final String SUBSCRIBED = "\"subs\":{\"#ann\":{}}";

  private final Vertx vertx = Vertx.vertx();
  private final MemoryPorts cluster = new MemoryPorts(vertx);
  private int joined;

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  @Test
  void aSecondConnectionOfAUserEndsTheFirstWhereThereMayBeOneOnly() {
    Node node = new Node(ALONE);
    TestClient first = node.open("ann");
    first.await(SUBSCRIBED);
    TestClient bob = node.open("bob");
    bob.await("\"subs\":{\"#bob\":{}}");
    TestClient second = node.open("ann");
    second.await(SUBSCRIBED);
    assertEquals(Disconnect.CONNECTION_LIMIT, first.awaitClose());
    TestClient third = node.open("ann");
    third.await(SUBSCRIBED);
    assertEquals(Disconnect.CONNECTION_LIMIT, second.awaitClose());
    assertNull(third.closed);
    assertNull(bob.closed);
  }

  @Test
  void aConnectionToAnotherNodeEndsTheFirstToo() {
    Node one = new Node(ALONE);
    Node other = new Node(ALONE);
    TestClient first = one.open("ann");
    first.await(SUBSCRIBED);
    TestClient bob = one.open("bob");
    bob.await("\"subs\":{\"#bob\":{}}");
    TestClient second = other.open("ann");
    second.await(SUBSCRIBED);
    assertEquals(Disconnect.CONNECTION_LIMIT, first.awaitClose());
    TestClient third = one.open("ann");
    third.await(SUBSCRIBED);
    assertEquals(Disconnect.CONNECTION_LIMIT, second.awaitClose());
    assertNull(third.closed);
    assertNull(bob.closed);
  }

  @Test
  void ofConnectionsThatComeAtTheSameTimeToSeveralNodesOneStays() {
    List<Node> nodes = List.of(new Node(ALONE), new Node(ALONE), new Node(ALONE));
    for (int round = 0; round < 50; round++) {
      List<TestClient> clients = new ArrayList<>();
      nodes.forEach(node -> clients.add(node.open("ann")));
      eventually(() -> openOf(clients).size() + " stay", () -> openOf(clients).size() == 1);
      TestClient last = nodes.get(round % 3).open("ann");
      last.await(SUBSCRIBED);
      eventually(() -> "the one from before stays", () -> openOf(clients).isEmpty());
      assertNull(last.closed);
    }
  }

  private static List<TestClient> openOf(List<TestClient> clients) {
    return clients.stream().filter(each -> each.closed == null).toList();
  }

  @Test
  void aLimitCountsTheConnectionsToOneNode() {
    Node one = new Node(Map.of("user_connection_limit", 1));
    Node other = new Node(Map.of("user_connection_limit", 1));
    TestClient first = one.open("ann");
    first.await("\"connect\":{\"client\"");
    other.open("ann").await("\"connect\":{\"client\"");
    assertEquals(Disconnect.CONNECTION_LIMIT, one.open("ann").awaitClose());
    assertNull(first.closed);
  }

  @Test
  void connectionsOfOneUserAreCountedOnAllEventLoops() {
    Node node = new Node(Map.of("user_connection_limit", 2));
    TestClient first = node.open("ann");
    first.await("\"connect\":{\"client\"");
    node.open("ann").await("\"connect\":{\"client\"");
    assertEquals(Disconnect.CONNECTION_LIMIT, node.open("ann").awaitClose());
    node.open("bob").await("\"connect\":{\"client\"");
    first.hangUp();
    eventually(() -> "still counted", () -> gotIn(node.open("ann")));
  }

  @Test
  void theTimeOfTheServerIsToldOnRequest() {
    new Node(Map.of("connect_include_server_time", true)).open("ann").await("\"time\":");
  }

  private static boolean gotIn(TestClient client) {
    eventually(() -> "no answer", () -> client.closed != null || !client.frames.isEmpty());
    return client.closed == null;
  }

  /** A node with two event loops that take turns. */
  private final class Node {

    private final TokenIssuer issuer;
    private final List<Hub> hubs;
    private int opened;

    Node(Map<String, Object> rules) {
      Map<String, Object> client = new HashMap<>(rules);
      client.put("token", Map.of("hmac_secret_key", "0123456789abcdef0123456789abcdef"));
      ClientOptions options = OptionReader.read(ClientOptions.class, client);
      ChannelOptions channels = OptionReader.defaults(ChannelOptions.class);
      Ports ports = cluster.join("n" + ++joined).toCompletionStage().toCompletableFuture().join();
      issuer = new TokenIssuer(options.token());
      var all = new Hubs(vertx, ports, options, channels, new JwtVerifier(vertx, options.token()));
      hubs = List.of(hubOf(all), hubOf(all));
    }

    private Hub hubOf(Hubs hubs) {
      return TestClient.on(vertx.getOrCreateContext(), hubs::here);
    }

    TestClient open(String user) {
      String token = issuer.connection(user, Bytes.EMPTY, Duration.ZERO, 0);
      return TestClient.open(hubs.get(opened++ % hubs.size())).connect(token);
    }
  }
}
