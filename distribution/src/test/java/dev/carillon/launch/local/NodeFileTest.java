package dev.carillon.launch.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeFileTest {
  private static final long OWN_PID = ProcessHandle.current().pid();

  @TempDir private Path directory;

  private StateDirectory state;

  @BeforeEach
  void open() {
    state = StateDirectory.open(directory);
  }

  private static RunningNode node(String name, long pid) {
    return new RunningNode(
        name, pid, Map.of("http", 8000, "bus", 15701), List.of("http://localhost:8000/"));
  }

  @Test
  void theFileHoldsTheBannerForScripts() throws IOException {
    NodeFile.write(state, node("n1", OWN_PID));
    var json = new JsonObject(Files.readString(directory.resolve("nodes/n1.json")));
    assertEquals("n1", json.getString("name"));
    assertEquals(OWN_PID, json.getLong("pid"));
    assertEquals(8000, json.getJsonObject("ports").getInteger("http"));
    assertEquals("http://localhost:8000/", json.getJsonArray("urls").getString(0));
  }

  @Test
  void itIsGoneWhenTheNodeEnds() {
    var file = NodeFile.write(state, node("n1", OWN_PID));
    file.close();
    assertFalse(Files.exists(directory.resolve("nodes/n1.json")));
  }

  @Test
  void filesOfDeadNodesAreRemovedAndIgnored() {
    NodeFile.write(state, node("dead", Long.MAX_VALUE));
    assertTrue(NodeFile.read(state, "dead").isEmpty());
    NodeFile.write(state, node("n1", OWN_PID));
    assertFalse(Files.exists(directory.resolve("nodes/dead.json")));
    assertEquals(node("n1", OWN_PID), NodeFile.read(state, "n1").orElseThrow());
  }

  @Test
  void aFileThatSomebodyElseWroteIsNoNode() throws IOException {
    NodeFile.write(state, node("n1", OWN_PID));
    Files.writeString(directory.resolve("nodes/odd.json"), "[]");
    assertTrue(NodeFile.read(state, "odd").isEmpty());
    NodeFile.write(state, node("n1", OWN_PID));
    assertTrue(Files.exists(directory.resolve("nodes/odd.json")));
  }

  @Test
  void theNodesThatRunAreListed() throws IOException {
    assertEquals(List.of(), NodeFile.running(state));
    NodeFile.write(state, node("n2", OWN_PID));
    NodeFile.write(state, node("n1", OWN_PID));
    Files.writeString(directory.resolve("nodes/odd.json"), "[]");
    NodeFile.write(StateDirectory.open(directory), node("dead", Long.MAX_VALUE));
    assertEquals(List.of(node("n1", OWN_PID), node("n2", OWN_PID)), NodeFile.running(state));
  }

  @Test
  void theNextFreeNameIsTaken() {
    assertEquals("n1", NodeName.claim(state, "").name());
    assertEquals("n2", NodeName.claim(state, "").name());
    assertEquals("n3", NodeName.claim(StateDirectory.open(directory), "").name());
  }

  @Test
  void aNameThatARunningNodeHasIsRefusedInOneLine() {
    NodeName.claim(state, "ada");
    NodeFile.write(state, node("ada", OWN_PID));
    var refused = assertThrows(LaunchException.class, () -> NodeName.claim(state, "ada"));
    var line = String.valueOf(refused.getMessage());
    assertTrue(line.contains("node.name = ada") && line.contains("process " + OWN_PID), line);
    assertFalse(line.contains("\n"), line);
  }
}
