package dev.carillon.gateway;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.node.NodeInfo;
import dev.carillon.port.Membership;
import dev.carillon.wire.Incarnation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OriginsTest {

  private final Nodes nodes = new Nodes();

  @Test
  void pagesOfLiveNodesPass() {
    nodes.join("n1", "http://localhost:8000");
    var origins = new Origins(nodes, List.of());

    assertTrue(origins.allows("http://localhost:8000"));
    assertTrue(origins.isOwn("HTTP://LOCALHOST:8000"));
    assertFalse(origins.allows("http://localhost:8001"));
    assertFalse(origins.allows("null"));
  }

  @Test
  void allNamesOfTheLoopbackInterfaceAreOneHost() {
    nodes.join("n1", "http://localhost:8000");
    var origins = new Origins(nodes, List.of());

    assertTrue(origins.allows("http://127.0.0.1:8000"));
    assertTrue(origins.allows("http://[::1]:8000"));
    assertFalse(origins.allows("http://127.0.0.1:9000"));
    assertFalse(origins.allows("http://127.0.0.1.evil.example:8000"));
    assertFalse(origins.allows("https://127.0.0.1:8000"));
  }

  @Test
  void aPageOfAKilledNodeGoesOnWithAnotherOne() {
    nodes.join("n2", "http://localhost:8001");
    NodeInfo killed = nodes.join("n1", "http://localhost:8000");
    var origins = new Origins(nodes, List.of());

    nodes.leave(killed);

    assertTrue(origins.allows("http://localhost:8000"));
  }

  @Test
  void nodesThatLeftLongAgoAreForgotten() {
    var origins = new Origins(nodes, List.of());
    nodes.leave(nodes.join("first", "http://first.example"));
    for (int i = 0; i < 300; i++) {
      nodes.leave(nodes.join("n" + i, "http://n" + i + ".example"));
    }

    assertFalse(origins.allows("http://first.example"));
    assertTrue(origins.allows("http://n299.example"));
  }

  @Test
  void whatTheOperatorAllowsPasses() {
    var origins = new Origins(nodes, List.of("https://*.example.com"));

    assertTrue(origins.allows("https://chat.example.com"));
    assertFalse(origins.isOwn("https://chat.example.com"));
    assertFalse(origins.allows("http://chat.example.com"));
    assertTrue(origins.allows(null));
  }

  /** Nodes that come and go when the test says so. */
  private static final class Nodes implements Membership {
    private final List<NodeInfo> live = new ArrayList<>();
    private final List<Listener> listeners = new ArrayList<>();

    NodeInfo join(String name, String url) {
      var node =
          new NodeInfo(
              Incarnation.random(), name, "core", "0", Set.of(), List.of(url), "127.0.0.1:1", 0);
      live.add(node);
      listeners.forEach(listener -> listener.changed(Change.JOINED, node));
      return node;
    }

    void leave(NodeInfo node) {
      live.remove(node);
      listeners.forEach(listener -> listener.changed(Change.LEFT, node));
    }

    @Override
    public NodeInfo self() {
      return live.get(0);
    }

    @Override
    public List<NodeInfo> nodes() {
      return live;
    }

    @Override
    public boolean isSuspect(Incarnation node) {
      return false;
    }

    @Override
    public void listen(Listener listener) {
      listeners.add(listener);
    }

    @Override
    public void announce(List<String> publicUrls) {}
  }
}
