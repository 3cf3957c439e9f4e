package dev.carillon.cluster;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.StreamOptions;
import io.netty.util.internal.PlatformDependent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A node in a JVM of its own that publishes much more than its memory holds when it is told to: 400
 * MB in steps of 100 kB, a hundred times a tenth of a second if the machine can do it.
 */
final class FloodingNode {

  static final String DONE = "flooded";

  private static final StreamOptions LIVE =
      new StreamOptions(0, Duration.ZERO, Duration.ofHours(1));
  private static final int TOTAL = 400_000;
  private static final int STEP = 100;

  private final Node node;
  private int published;

  private FloodingNode(Node node) {
    this.node = node;
  }

  /** Arguments as for {@link ChildNode}. */
  public static void main(String[] arguments) throws IOException {
    var node = TestNodes.await(Node.start(ChildNode.settings(arguments)));
    System.out.println("ready " + node.clusterPort());
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    in.readLine();
    var flooding = new FloodingNode(node);
    node.vertx().setPeriodic(1, flooding::step);
  }

  private void step(long timer) {
    for (int i = 0; i < STEP; i++) {
      var publication = NewPublication.of(Bytes.of(new byte[1_000]));
      node.ports().broker().publish("flood", publication, LIVE);
    }
    published += STEP;
    if (published == TOTAL) {
      node.vertx().cancelTimer(timer);
      long direct = PlatformDependent.usedDirectMemory();
      System.out.println(DONE + ", direct memory " + direct);
    }
  }
}
