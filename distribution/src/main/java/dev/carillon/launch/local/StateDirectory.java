package dev.carillon.launch.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/**
 * What the nodes of one machine keep between starts, readable by their user alone: directories have
 * mode 0700, files 0600. Several processes may open it at once; whoever creates a file first
 * decides what all of them read.
 */
public final class StateDirectory {
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path path;

  /** Kept, because a lock ends when its channel is collected. */
  private final Collection<FileLock> held = new ConcurrentLinkedQueue<>();

  private StateDirectory(Path path) {
    this.path = path;
  }

  /**
   * Opens the directory, and creates it when it does not exist.
   *
   * @throws LaunchException if that is impossible
   */
  public static StateDirectory open(Path path) {
    try {
      Files.createDirectories(path, PRIVATE_DIRECTORY);
      return new StateDirectory(path);
    } catch (IOException | UnsupportedOperationException failed) {
      throw new LaunchException(
          "state_dir = " + path + " (expected: a directory that can be created and written)",
          failed);
    }
  }

  /**
   * The text of a file, empty when there is none. Creates nothing.
   *
   * @throws LaunchException if it can't be read
   */
  public static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file).strip() : "";
    } catch (IOException failed) {
      throw unusable(file, failed);
    }
  }

  public Path path() {
    return path;
  }

  /** A directory in it, created when it does not exist. */
  Path directory(String name) {
    return open(path.resolve(name)).path;
  }

  /** The text of a file; when there is none yet, what {@code content} makes becomes its text. */
  String readOrCreate(String name, Supplier<String> content) {
    var file = path.resolve(name);
    try {
      if (!Files.exists(file)) {
        createOnce(file, content.get());
      }
      return Files.readString(file).strip();
    } catch (IOException failed) {
      throw unusable(file, failed);
    }
  }

  /**
   * A directory with these files; when there is none yet, what {@code files} makes becomes its
   * content, all of it at once.
   */
  Path directoryOrCreate(String name, Supplier<Map<String, String>> files) {
    var directory = path.resolve(name);
    try {
      if (!Files.isDirectory(directory)) {
        createOnce(directory, files.get());
      }
      return directory;
    } catch (IOException failed) {
      throw unusable(directory, failed);
    }
  }

  /** Removes a directory of files, in one step for everybody who looks. */
  void discard(String name) {
    var directory = path.resolve(name);
    try {
      var aside = Files.createTempDirectory(path, "." + name, PRIVATE_DIRECTORY);
      Files.move(directory, aside, StandardCopyOption.ATOMIC_MOVE);
      delete(aside);
    } catch (IOException failed) {
      throw unusable(directory, failed);
    }
  }

  /** Replaces the file in one step, so that no reader sees half of it. */
  void replace(Path file, String content) {
    try {
      var draft = draft(file, content);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failed) {
      throw unusable(file, failed);
    }
  }

  /**
   * Takes the name for the life of this process, whatever ends it. Empty when another process of
   * this machine, or somebody else in this one, has it.
   */
  Optional<FileLock> claim(String name) {
    var file = directory("locks").resolve(name);
    try {
      var channel = lockFile(file);
      var lock = tryLock(channel);
      if (lock.isEmpty()) {
        channel.close();
      }
      lock.ifPresent(held::add);
      return lock;
    } catch (IOException failed) {
      throw unusable(file, failed);
    }
  }

  private static FileChannel lockFile(Path file) throws IOException {
    return FileChannel.open(
        file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), PRIVATE_FILE);
  }

  private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException taken) {
      return Optional.empty();
    }
  }

  /** A link fails when the file exists, so that the first of several processes wins. */
  private void createOnce(Path file, String content) throws IOException {
    var draft = draft(file, content);
    try {
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException another) {
      return;
    } catch (UnsupportedOperationException | FileSystemException noLinks) {
      Files.move(draft, file);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /** Renaming fails when the target has files, so that the first of several processes wins. */
  private void createOnce(Path directory, Map<String, String> files) throws IOException {
    var draft = Files.createTempDirectory(path, "." + directory.getFileName(), PRIVATE_DIRECTORY);
    for (var file : files.entrySet()) {
      Files.writeString(
          Files.createFile(draft.resolve(file.getKey()), PRIVATE_FILE), file.getValue());
    }
    try {
      Files.move(draft, directory, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException failed) {
      if (!Files.isDirectory(directory)) {
        throw failed;
      }
      delete(draft);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }

  private static Path draft(Path file, String content) throws IOException {
    var parent = file.toAbsolutePath().getParent();
    var draft = Files.createTempFile(parent, "." + file.getFileName(), ".draft", PRIVATE_FILE);
    return Files.writeString(draft, content + "\n");
  }

  private static LaunchException unusable(Path file, IOException failed) {
    return new LaunchException(file + " (expected: a file that can be read and written)", failed);
  }
}
