package dev.carillon.hub;

import static dev.carillon.broker.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.broker.MemoryPorts;
import dev.carillon.channel.Bytes;
import dev.carillon.config.OptionReader;
import dev.carillon.hub.Connections.EndReason;
import dev.carillon.port.Ports;
import dev.carillon.protocol.Disconnect;
import dev.carillon.session.ChannelOptions;
import dev.carillon.session.ClientOptions;
import dev.carillon.sessions.SessionRecord;
import dev.carillon.token.JwtVerifier;
import dev.carillon.token.TokenIssuer;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HubTest {

  private static final Map<String, Object> CLIENT =
      Map.of("token", Map.of("hmac_secret_key", "0123456789abcdef0123456789abcdef"));
  private static final String LOBBY = "\"channel\":\"chat:lobby\"";

  private final Vertx vertx = Vertx.vertx();
  private final ClientOptions options = OptionReader.read(ClientOptions.class, CLIENT);
  private final TokenIssuer issuer = new TokenIssuer(options.token());
  private final MemoryPorts cluster = new MemoryPorts(vertx);
  private final Ports ports = join("n1");
  private final Hub hub = hubOf(ports);

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  @Test
  void twoClientsOfTwoNodesChat() {
    TestClient ann = enter(hub, "ann");
    TestClient bob = enter(hubOf(join("n2")), "bob");
    ann.await("\"join\":{\"info\":{\"user\":\"bob\"");
    ann.send("{\"id\":3,\"publish\":{" + LOBBY + ",\"data\":{\"text\":\"hi\"}}}");
    ann.await("{\"id\":3,\"publish\":{}}");
    String expected = "\"pub\":{\"data\":{\"text\":\"hi\"},\"info\":{\"user\":\"ann\"";
    assertTrue(bob.await(expected).contains("\"offset\":1,\"epoch\":\""));
    ann.await(expected);
    bob.send("{\"id\":4,\"presence\":{" + LOBBY + "}}");
    String presence = bob.await("{\"id\":4,\"presence\"");
    assertTrue(presence.contains("\"user\":\"ann\"") && presence.contains("\"user\":\"bob\""));
    bob.hangUp();
    ann.await("\"leave\":{\"info\":{\"user\":\"bob\"");
  }

  @Test
  void aLeaveThatAnotherNodeHasToldIsNotToldAgain() {
    TestClient ann = enter(hub, "ann");
    TestClient bob = enter(hub, "bob");
    TestClient cid = enter(hub, "cid");
    var bobs = ports.presence().presence("chat:lobby").await().values().stream();
    var taken = bobs.filter(info -> info.user().equals("bob")).findFirst().orElseThrow();
    ports.presence().remove("chat:lobby", taken.client()).await();

    bob.hangUp();
    cid.hangUp();

    ann.await("\"leave\":{\"info\":{\"user\":\"cid\"");
    assertNull(ann.find("\"leave\":{\"info\":{\"user\":\"bob\""));
  }

  @Test
  void aClientRecoversWhatItMissed() {
    TestClient ann = enter(hub, "ann");
    TestClient bob = enter(hub, "bob");
    String subscribed = bob.await("\"epoch\"");
    String epoch = subscribed.replaceAll(".*\"epoch\":\"([^\"]+)\".*", "$1");
    bob.hangUp();
    for (int i = 1; i <= 3; i++) {
      ann.send("{\"id\":" + (10 + i) + ",\"publish\":{" + LOBBY + ",\"data\":" + i + "}}");
    }
    ann.await("{\"id\":13,\"publish\"");
    TestClient back = TestClient.open(hub).connect(token("bob"));
    back.send(
        "{\"id\":2,\"subscribe\":{" + LOBBY + ",\"recover\":true,\"epoch\":\"" + epoch + "\"}}");
    String reply = back.await("{\"id\":2,\"subscribe\"");
    assertTrue(reply.contains("\"recovered\":true,\"publications\":[{\"data\":1,"), reply);
    assertTrue(reply.contains("\"offset\":3}]"), reply);
  }

  @Test
  void whoPublishesTooMuchIsToldAndNobodyElseIsHarmed() {
    TestClient ann = enter(hub, "ann");
    TestClient bob = enter(hub, "bob");
    String large = "\"" + "x".repeat(300_000) + "\"";
    ann.send("{\"id\":3,\"publish\":{" + LOBBY + ",\"data\":" + large + "}}");
    ann.send("{\"id\":4,\"publish\":{" + LOBBY + ",\"data\":\"small\"}}");
    ann.await("{\"id\":3,\"error\":{\"code\":106,\"message\":\"limit exceeded\"}}");
    ann.await("{\"id\":4,\"publish\":{}}");
    assertTrue(bob.await("\"pub\":{\"data\":\"small\"").contains("\"offset\":1"));
  }

  @Test
  void oneEventIsEncodedAndFramedOnceForAllSubscribers() {
    List<TestClient> clients = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      clients.add(enter(hub, "user" + i));
    }
    clients.get(0).send("{\"id\":3,\"publish\":{" + LOBBY + ",\"data\":\"once\"}}");
    List<ByteBuf> frames = new ArrayList<>();
    // The publisher gets a frame of its own, with its reply in it.
    for (TestClient client : clients.subList(1, 5)) {
      String frame = client.await("\"pub\":{\"data\":\"once\"");
      frames.add(client.framed.get(client.frames.indexOf(frame)));
    }
    frames.forEach(frame -> assertSame(frames.get(0), frame));
    eventually(() -> "not released", () -> frames.get(0).refCnt() == 0);
  }

  @Test
  void repliesOfOneTurnAreFlushedOnceInFramesOfSixteen() {
    TestClient client = TestClient.open(hub);
    StringBuilder frame =
        new StringBuilder("{\"id\":1,\"connect\":{\"token\":\"" + token("ann") + "\"}}");
    for (int id = 2; id < 50; id++) {
      frame.append("\n{\"id\":").append(id).append(",\"rpc\":{}}");
    }
    client.send(frame.toString());
    client.await("{\"id\":49,");
    eventually(() -> "flushes " + client.flushes, () -> client.flushes == 1);
    assertEquals(49, client.frames.size());
    Set<ByteBuf> buffers = Collections.newSetFromMap(new IdentityHashMap<>());
    buffers.addAll(client.framed);
    assertEquals(4, buffers.size());
    client.framed.forEach(each -> assertEquals(0, each.refCnt()));
  }

  @Test
  void aMalformedFrameClosesThatClientOnly() {
    TestClient ann = enter(hub, "ann");
    TestClient mallory = TestClient.open(hub);
    mallory.send("GET / HTTP/1.1");
    assertEquals(Disconnect.BAD_REQUEST, mallory.awaitClose());
    ann.send("{\"id\":3,\"publish\":{" + LOBBY + ",\"data\":1}}");
    ann.await("{\"id\":3,\"publish\":{}}");
    assertNull(ann.closed);
  }

  @Test
  void aSlowClientIsClosedAndTheOthersGoOn() {
    TestClient ann = enter(hub, "ann");
    TestClient slow = enter(hub, "slow");
    slow.queued = options.queueMaxSize() + 1L;
    ann.send("{\"id\":3,\"publish\":{" + LOBBY + ",\"data\":1}}");
    assertEquals(Disconnect.SLOW, slow.awaitClose());
    ann.await("\"leave\":{\"info\":{\"user\":\"slow\"");
    assertNull(ann.closed);
  }

  @Test
  void aMistakeInOneConnectionDoesNotDisturbTheOthers() {
    TestClient ann = enter(hub, "ann");
    TestClient broken = enter(hub, "broken");
    TestClient bob = enter(hub, "bob");
    broken.broken = true;
    ann.send("{\"id\":3,\"publish\":{" + LOBBY + ",\"data\":1}}");
    assertEquals(Disconnect.INTERNAL_SERVER_ERROR, broken.awaitClose());
    ann.await("\"pub\":{\"data\":1");
    bob.await("\"pub\":{\"data\":1");
    bob.await("\"leave\":{\"info\":{\"user\":\"broken\"");
  }

  @Test
  void aLostStreamEndsSubscriptionsHonestly() {
    TestClient ann = enter(hub, "ann");
    ann.send("{\"id\":3,\"publish\":{" + LOBBY + ",\"data\":1}}");
    ann.await("\"pub\":{\"data\":1");
    cluster.streams().lose("chat:lobby");
    ann.send("{\"id\":4,\"publish\":{" + LOBBY + ",\"data\":2}}");
    ann.await("\"unsubscribe\":{\"code\":2500,\"reason\":\"insufficient state\"}");
    ann.send("{\"id\":5,\"subscribe\":{" + LOBBY + "}}");
    ann.await("{\"id\":5,\"subscribe\"");
  }

  @Test
  void aBrokenClusterIsATemporaryErrorAndPassesAway() {
    TestClient ann = enter(hub, "ann");
    cluster.streams().fail(true);
    ann.send("{\"id\":3,\"publish\":{" + LOBBY + ",\"data\":1}}");
    ann.await("{\"id\":3,\"error\":{\"code\":100,");
    cluster.streams().fail(false);
    ann.send("{\"id\":4,\"publish\":{" + LOBBY + ",\"data\":1}}");
    ann.await("{\"id\":4,\"publish\":{}}");
  }

  @Test
  void aConnectionIsARowOfTheTableUntilItEnds() {
    TestClient ann = enter(hub, "ann");
    eventually(
        () -> "rows " + ports.connections().records(),
        () ->
            ports.connections().records().stream()
                .anyMatch(row -> row.user().equals("ann") && row.stats().channels() == 1));
    SessionRecord row = ports.connections().records().get(0);
    assertEquals("test", row.client());
    assertEquals("n1", row.node());
    assertEquals("memory", row.transport());
    assertEquals(2, row.stats().messagesIn());
    assertTrue(row.stats().bytesOut() > 0);
    assertTrue(ports.connections().end(row.id(), EndReason.OPERATOR));
    assertEquals(Disconnect.FORCE_DISCONNECT, ann.awaitClose());
    eventually(() -> "still there", () -> ports.connections().count() == 0);
  }

  @Test
  void whateverEndsAConnectionHasItsCode() {
    for (EndReason reason : EndReason.values()) {
      TestClient client = enter(hub, "ann");
      String id = ports.connections().records().get(0).id();
      ports.connections().end(id, reason);
      var expected =
          Map.of(
              EndReason.OPERATOR, Disconnect.FORCE_DISCONNECT,
              EndReason.EXPIRED, Disconnect.NO_PONG,
              EndReason.FENCED, Disconnect.FORCE_RECONNECT,
              EndReason.SHUTDOWN, Disconnect.SHUTDOWN);
      assertEquals(expected.get(reason), client.awaitClose());
    }
  }

  @Test
  void measurementsAreThere() {
    TestClient ann = enter(hub, "ann");
    ann.send("{\"id\":3,\"publish\":{" + LOBBY + ",\"data\":1}}");
    ann.send("{\"id\":4,\"publish\":{\"channel\":\"no:where\",\"data\":1}}");
    ann.await("{\"id\":4,\"error\"");
    TestClient.open(hub).send("?");
    eventually(() -> meters(), () -> value("carillon.messages.in") == 5);
    assertEquals(1, value("carillon.publications"));
    assertEquals(1, value("carillon.connections"));
    assertEquals(1, value("carillon.subscriptions"));
    assertEquals(0, value("carillon.queue.bytes"));
    assertTrue(value("carillon.bytes.out") > 0);
    assertEquals(1, ports.meters().get("carillon.errors").tag("code", "102").counter().count());
    assertEquals(
        1, ports.meters().get("carillon.disconnects").tag("code", "3501").counter().count());
  }

  @Test
  void gatewaysOnOneEventLoopShareItsHub() {
    Hubs hubs = hubs(ports);
    var context = vertx.getOrCreateContext();
    Hub first = TestClient.on(context, hubs::here);
    assertSame(first, TestClient.on(context, hubs::here));
    assertThrows(IllegalStateException.class, hubs::here);
    assertNotNull(first.context());
  }

  /** Connected and subscribed to the lobby. */
  private TestClient enter(Hub where, String user) {
    TestClient client = TestClient.open(where).connect(token(user));
    client.send("{\"id\":2,\"subscribe\":{" + LOBBY + ",\"recoverable\":true}}");
    client.await("{\"id\":2,\"subscribe\":{");
    return client;
  }

  private String token(String user) {
    long now = System.currentTimeMillis() / 1_000;
    return issuer.connection(user, Bytes.EMPTY, Duration.ofHours(1), now);
  }

  private Ports join(String name) {
    return cluster.join(name).toCompletionStage().toCompletableFuture().join();
  }

  private Hub hubOf(Ports node) {
    return TestClient.on(vertx.getOrCreateContext(), hubs(node)::here);
  }

  private Hubs hubs(Ports node) {
    var channels = OptionReader.defaults(ChannelOptions.class).withDemo();
    return new Hubs(vertx, node, options, channels, new JwtVerifier(vertx, options.token()));
  }

  private double value(String name) {
    double sum = 0;
    for (var meter : ports.meters().find(name).meters()) {
      for (var measurement : meter.measure()) {
        sum += measurement.getValue();
      }
    }
    return sum;
  }

  private String meters() {
    return "messages.in " + value("carillon.messages.in");
  }
}
