package dev.carillon.acceptance.tools;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Folder for what was fetched once: {@code $XDG_CACHE_HOME/carillon}, else {@code
 * ~/.cache/carillon}.
 *
 * <p>Whatever stands under its final name is complete: it was made under a temporary name and moved
 * in one step. Several builds may use the cache at the same time; the first one wins.
 */
public final class Cache {

  /** Makes a file or folder at a path that does not exist yet. */
  @FunctionalInterface
  interface Maker {
    void make(Path target) throws IOException;
  }

  private Cache() {}

  static Path root() {
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path caches =
        xdg == null || xdg.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(xdg);
    return caches.resolve("carillon");
  }

  /** The entry of this name, made when it is not there. */
  static Path entry(String name, Maker maker) throws IOException {
    Path entry = root().resolve(name);
    return Files.exists(entry) ? entry : replace(entry, maker);
  }

  /** Makes the entry anew and puts it where the old one, if any, was. */
  static Path replace(Path entry, Maker maker) throws IOException {
    Files.createDirectories(entry.getParent());
    Path workshop = Files.createTempDirectory(entry.getParent(), ".making");
    try {
      Path made = workshop.resolve(entry.getFileName().toString());
      maker.make(made);
      move(made, entry);
      return entry;
    } finally {
      delete(workshop);
    }
  }

  private static void move(Path made, Path entry) throws IOException {
    try {
      Files.move(made, entry, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      throw e;
    } catch (IOException e) {
      // A folder cannot replace a folder: somebody else finished the same entry first.
      if (!Files.isDirectory(entry)) {
        throw e;
      }
    }
  }

  /** Deletes a folder with everything in it. */
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(folder)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }
}
