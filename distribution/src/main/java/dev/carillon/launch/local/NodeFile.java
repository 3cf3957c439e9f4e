package dev.carillon.launch.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * {@code nodes/<name>.json} in the state directory: the banner for scripts. It exists while the
 * node serves.
 */
public final class NodeFile implements AutoCloseable {
  private static final String DIRECTORY = "nodes";

  private final Path path;

  private NodeFile(Path path) {
    this.path = path;
  }

  /** Writes the file in one step, and removes those of nodes that are dead. */
  public static NodeFile write(StateDirectory state, RunningNode node) {
    var file = path(state, node.name());
    removeDead(state.directory(DIRECTORY));
    state.replace(file, RunningNodeJson.encode(node));
    return new NodeFile(file);
  }

  /** The node of this name when its process is alive. */
  static Optional<RunningNode> read(StateDirectory state, String name) {
    return read(path(state, name)).filter(node -> isAlive(node.pid()));
  }

  /** All nodes that serve with this state directory. */
  public static List<RunningNode> running(StateDirectory state) {
    var directory = state.directory(DIRECTORY);
    try (var files = Files.list(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .flatMap(file -> read(file).stream())
          .filter(node -> isAlive(node.pid()))
          .sorted(Comparator.comparing(RunningNode::name))
          .toList();
    } catch (IOException unreadable) {
      throw unreadable(directory, unreadable);
    }
  }

  /** Removes the file: the node does not serve any more. */
  @Override
  public void close() {
    remove(path);
  }

  private static Path path(StateDirectory state, String name) {
    return state.directory(DIRECTORY).resolve(name + ".json");
  }

  private static Optional<RunningNode> read(Path file) {
    try {
      return RunningNodeJson.decode(Files.readString(file));
    } catch (IOException absent) {
      return Optional.empty();
    }
  }

  private static void removeDead(Path directory) {
    try (var files = Files.newDirectoryStream(directory, "*.json")) {
      for (var file : files) {
        if (read(file).filter(node -> !isAlive(node.pid())).isPresent()) {
          remove(file);
        }
      }
    } catch (IOException unreadable) {
      throw unreadable(directory, unreadable);
    }
  }

  private static LaunchException unreadable(Path directory, IOException failed) {
    return new LaunchException(directory + " (expected: a readable directory)", failed);
  }

  /** A file that stays behind is ignored by its dead pid, so failing to remove it is no failure. */
  private static void remove(Path file) {
    boolean ignored = file.toFile().delete();
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }
}
