package dev.carillon.launch.local;

import java.nio.channels.FileLock;
import java.util.Optional;

/**
 * The name of this node, which no other process with the same state directory has while this one
 * lives.
 *
 * @param name as the operator or the next free number gave it
 * @param claim what keeps others from taking it
 */
public record NodeName(String name, FileLock claim) {
  private static final int MOST_NODES = 1000;

  /**
   * Takes the wanted name, or the first free one of n1, n2, … when that is empty.
   *
   * @throws LaunchException if a running node has the wanted name
   */
  public static NodeName claim(StateDirectory state, String wanted) {
    if (!wanted.isEmpty()) {
      return tryClaim(state, wanted).orElseThrow(() -> taken(state, wanted));
    }
    for (int number = 1; number <= MOST_NODES; number++) {
      var free = tryClaim(state, "n" + number);
      if (free.isPresent()) {
        return free.get();
      }
    }
    throw new LaunchException("n1 to n" + MOST_NODES + " run (expected: a free name)");
  }

  private static Optional<NodeName> tryClaim(StateDirectory state, String name) {
    return state.claim("node-" + name).map(claim -> new NodeName(name, claim));
  }

  private static LaunchException taken(StateDirectory state, String name) {
    var owner = NodeFile.read(state, name).map(running -> ", process " + running.pid()).orElse("");
    return new LaunchException(
        "node.name = "
            + name
            + " (expected: a name that no running node has; it runs in "
            + state.path()
            + owner
            + ")");
  }
}
