package dev.carillon.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.broker.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A node that does not fit leaves again: exit code 1 and one line that says what differs. */
class JoinAgreementIT {

  @RegisterExtension static final Nodes NODES = new Nodes();

  private static NodeProcess member;

  @BeforeAll
  static void startTheCluster() {
    member = NODES.start("n1").awaitReady();
  }

  @AfterEach
  void theClusterServesAsBefore() {
    assertEquals(200, Http.get(member.management("/readyz")).statusCode());
    assertEquals(List.of("n1"), memberNames());
  }

  @Test
  void anotherNumberOfExpectedMembersIsRefused() {
    assertRefused(
        join("n2", "--set", "cluster.expected_members=3"), "cluster.expected_members", "3", "1");
  }

  @Test
  void otherSecretsAreRefused() {
    Path other = NODES.folder().resolve("stranger");
    NodeProcess stranger = NODES.startIn(other, "n2", arguments("--join", member.clusterAddress()));
    assertRefused(stranger, "secret");
  }

  @Test
  void aNameThatALiveNodeHasIsRefused() throws IOException {
    Path sameSecrets = NODES.folder().resolve("twin");
    copySecrets(member.stateDir(), sameSecrets);
    NodeProcess twin =
        NODES.startIn(sameSecrets, "n1", arguments("--join", member.clusterAddress()));
    assertRefused(twin, "n1", "name");
  }

  @Test
  void whoJoinsWhereNobodyAnswersFormsNoClusterOfItsOwn() {
    String nobody = "127.0.0.1:" + FreePorts.next();
    NodeProcess alone = NODES.start("n2", "--join", nobody, "--set", "cluster.join_timeout=2s");
    assertRefused(alone, nobody);
  }

  @Test
  void anotherClusterNameIsRefused() {
    assertRefused(join("n2", "--set", "cluster.name=minster"), "minster");
  }

  @Test
  void anEvenNumberOfExpectedMembersIsRefused() {
    assertRefused(NODES.start("n2", "--set", "cluster.expected_members=2"), "2", "odd");
  }

  @Test
  void theCommandThatTheBannerPrintsAddsANode() {
    NodeProcess second = NODES.start("n2", printedArguments()).awaitReady();
    assertEquals(List.of("n1", "n2"), memberNames().stream().sorted().toList());
    second.terminate();
    assertEquals(0, second.exitCode(NodeProcess.START), second::tail);
    Eventually.await("n2 has left", NodeProcess.START, () -> memberNames().equals(List.of("n1")));
  }

  /** What stands behind {@code ./carillon start}, on this line and those that continue it. */
  private static String[] printedArguments() {
    List<String> lines =
        member.output().stream().dropWhile(line -> !line.contains("add a node")).toList();
    int end = 0;
    while (lines.get(end).endsWith("\\")) {
      end++;
    }
    String command = String.join(" ", lines.subList(0, end + 1)).replace("\\", " ");
    return command.substring(command.indexOf("start") + 5).strip().split("\\s+");
  }

  private static NodeProcess join(String name, String... arguments) {
    return NODES.start(
        name,
        Stream.concat(Stream.of("--join", member.clusterAddress()), Stream.of(arguments))
            .toArray(String[]::new));
  }

  /** With free ports, which {@link Nodes#startIn} leaves to its caller. */
  private static String[] arguments(String... arguments) {
    return Stream.concat(Nodes.freePorts().stream(), Stream.of(arguments)).toArray(String[]::new);
  }

  private static void assertRefused(NodeProcess node, String... words) {
    assertEquals(1, node.exitCode(NodeProcess.START), node::tail);
    List<String> output = node.output();
    assertEquals(1, output.size(), node::tail);
    for (String word : words) {
      assertTrue(output.get(0).contains(word), "no '" + word + "' in: " + output.get(0));
    }
  }

  private static List<String> memberNames() {
    return Console.of(member).nodes().stream().map(node -> node.getString("name")).toList();
  }

  private static void copySecrets(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      files.filter(Files::isRegularFile).forEach(file -> copy(file, to));
    }
  }

  private static void copy(Path file, Path folder) {
    try {
      Files.copy(file, folder.resolve(file.getFileName()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
