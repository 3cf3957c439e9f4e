package dev.carillon.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.acceptance.SdkClient.Received;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Three nodes, clients on all of them, and one node that dies in the middle of a sentence. */
class ClusterChatIT {

  /** The promise is 10 s; a machine that stands still meanwhile breaks no test. */
  private static final Duration RECOVERED = Duration.ofSeconds(60);

  private static final String CHANNEL = "chat:belfry";

  /** Fewer publications in all than a client can recover, which are 300. */
  private static final int ROUNDS = 80;

  @RegisterExtension static final Nodes NODES = new Nodes();

  private SdkHost host;
  private List<NodeProcess> all = List.of();

  @BeforeEach
  void startClients() throws IOException {
    host = new SdkHost();
  }

  @AfterEach
  void stopAll() throws IOException {
    host.close();
    all.forEach(NodeProcess::kill);
  }

  @Test
  void nothingAcknowledgedIsLostWhenOneOfThreeDefaultNodesIsKilled() {
    all = startThree("a", 1);
    killOneWhileAllTalk();
  }

  @Test
  void nothingAcknowledgedIsLostWhenOneOfThreeExpectedNodesIsKilled() {
    all = startThree("b", 3);
    assertFourthIsRefused();
    killOneWhileAllTalk();
  }

  private void killOneWhileAllTalk() {
    List<SdkClient> clients = clientsOnAllNodes();
    NodeProcess dying = all.get(2);
    Console console = Console.of(all.get(0));
    String sessions = "node:" + dying;
    Eventually.await(
        "the session on " + dying, RECOVERED, () -> !console.connections(sessions).isEmpty());

    Map<String, CompletableFuture<JsonObject>> said = sayAndStopInTheMiddle(clients);
    dying.kill();
    Eventually.await(
        "an answer to every publication, and whatever was acknowledged at every client",
        RECOVERED,
        () -> pending(said) == 0 && clients.stream().allMatch(c -> missing(said, c).isEmpty()),
        () -> pending(said) + " without answer, missing " + missing(said, clients));
    Eventually.await(
        "no session on " + dying, RECOVERED, () -> console.connections(sessions).isEmpty());

    assertTrue(acknowledged(said).size() >= ROUNDS, acknowledged(said).size() + " acknowledged");
    List<Received> reference = clients.get(0).publications(CHANNEL);
    for (SdkClient client : clients) {
      assertOnceAndInOrder(client, said.keySet());
      assertEquals(reference, client.publications(CHANNEL), "what " + client + " got");
    }
  }

  private static List<NodeProcess> startThree(String prefix, int expectedMembers) {
    String expected = "cluster.expected_members=" + expectedMembers;
    NodeProcess first = NODES.start(prefix + "1", "--set", expected).awaitStarted();
    List<NodeProcess> nodes = new ArrayList<>();
    nodes.add(first);
    for (String name : List.of(prefix + "2", prefix + "3")) {
      nodes.add(NODES.start(name, "--set", expected, "--join", first.clusterAddress()));
    }
    nodes.forEach(NodeProcess::awaitReady);
    return nodes;
  }

  private void assertFourthIsRefused() {
    String join = all.get(0).clusterAddress();
    NodeProcess fourth = NODES.start("b4", "--set", "cluster.expected_members=3", "--join", join);
    assertEquals(1, fourth.exitCode(NodeProcess.START), fourth::tail);
    assertTrue(fourth.tail().contains("cluster.expected_members = 3"), fourth::tail);
  }

  /** Each client prefers another node, and knows the others for the case that it dies. */
  private List<SdkClient> clientsOnAllNodes() {
    List<SdkClient> clients = new ArrayList<>();
    for (NodeProcess node : all) {
      SdkClient client = host.client("guest-of-" + node);
      List<String> urls = new ArrayList<>(all.stream().map(NodeProcess::webSocketUrl).toList());
      Collections.rotate(urls, -clients.size());
      client.connect(Http.guestToken(node, client.toString()), urls);
      client.subscribe(CHANNEL);
      clients.add(client);
    }
    return clients;
  }

  /** Returns while many publications are on their way, some on each node. */
  private static Map<String, CompletableFuture<JsonObject>> sayAndStopInTheMiddle(
      List<SdkClient> clients) {
    Map<String, CompletableFuture<JsonObject>> said = new LinkedHashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (SdkClient client : clients) {
        String text = client + " " + round;
        said.put(text, client.publish(CHANNEL, text));
      }
      if (round == ROUNDS / 2) {
        Eventually.await(
            ROUNDS + " acknowledged",
            SdkClient.REPLY_TIMEOUT,
            () -> acknowledged(said).size() >= ROUNDS,
            () -> acknowledged(said).size() + " acknowledged");
      }
    }
    return said;
  }

  private static long pending(Map<String, CompletableFuture<JsonObject>> said) {
    return said.values().stream().filter(reply -> !reply.isDone()).count();
  }

  /** What the server promised to keep. */
  private static Set<String> acknowledged(Map<String, CompletableFuture<JsonObject>> said) {
    Set<String> texts = new HashSet<>();
    said.forEach(
        (text, reply) -> {
          if (reply.isDone() && !reply.isCompletedExceptionally()) {
            texts.add(text);
          }
        });
    return texts;
  }

  private static Set<String> missing(
      Map<String, CompletableFuture<JsonObject>> said, SdkClient client) {
    Set<String> missing = acknowledged(said);
    client.publications(CHANNEL).forEach(one -> missing.remove(one.text()));
    return missing;
  }

  private static String missing(
      Map<String, CompletableFuture<JsonObject>> said, List<SdkClient> clients) {
    return clients.stream().map(client -> client + ": " + missing(said, client)).toList() + "";
  }

  private static void assertOnceAndInOrder(SdkClient client, Set<String> said) {
    List<Received> received = client.publications(CHANNEL);
    Set<String> seen = new HashSet<>();
    long previous = received.get(0).offset() - 1;
    for (Received one : received) {
      assertEquals(previous + 1, one.offset(), "offset after " + previous + " at " + client);
      assertTrue(said.contains(one.text()), one.text() + " was never said");
      assertTrue(seen.add(one.text()), one.text() + " came twice to " + client);
      previous = one.offset();
    }
  }
}
