package dev.carillon.heartbeat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.carillon.node.NodeInfo;
import dev.carillon.wire.Incarnation;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NodeNamesTest {

  private static NodeInfo node(String name, long number) {
    return new NodeInfo(
        new Incarnation(0, number), name, "core", "1", Set.of(), List.of(), "127.0.0.1:1", 0);
  }

  @Test
  void aNodeThatHasLeftStillHasItsName() {
    var names = new NodeNames();
    names.saw(node("n1", 1));
    names.saw(node("n1", 2));
    assertEquals("n1", names.of(new Incarnation(0, 1)));
    assertEquals("n1", names.of(new Incarnation(0, 2)));
  }

  @Test
  void onlyTheLastNodesAreRemembered() {
    var names = new NodeNames();
    for (int i = 0; i <= NodeNames.LIMIT; i++) {
      names.saw(node("n" + i, i));
    }
    var first = new Incarnation(0, 0);
    assertEquals("a former node (" + first + ")", names.of(first));
    assertEquals("n1", names.of(new Incarnation(0, 1)));
  }
}
