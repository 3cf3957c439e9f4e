package dev.carillon.launch.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryTest {
  @TempDir private Path directory;

  private StateDirectory open() {
    return StateDirectory.open(directory.resolve("state"));
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void everythingInItIsForItsUserAlone() throws IOException {
    var state = open();
    new Secrets(state).tokenKey();
    NodeFile.write(state, new RunningNode("n1", 1, Map.of(), List.of()));
    SelfSignedCertificate.in(state, Instant.now());
    state.claim("x");

    try (var paths = Files.walk(directory.resolve("state"))) {
      for (var path : paths.toList()) {
        assertEquals(
            Files.isDirectory(path) ? "rwx------" : "rw-------", mode(path), path::toString);
      }
    }
  }

  @Test
  void secretsAreMadeOnceAndDiffer() {
    var secrets = new Secrets(open());
    var made =
        new HashSet<>(List.of(secrets.tokenKey(), secrets.consoleKey(), secrets.consolePassword()));
    assertEquals(3, made.size());
    assertEquals(secrets.tokenKey(), new Secrets(open()).tokenKey());
    assertTrue(secrets.tokenKey().length() >= 43);
    assertTrue(secrets.consolePassword().matches("[a-z2-9]{5}(-[a-z2-9]{5}){3}"));
  }

  @Test
  void nodesThatStartTogetherReadTheSameSecretAndCertificate() throws Exception {
    int nodes = 16;
    var pool = Executors.newFixedThreadPool(nodes);
    try {
      Callable<String> start =
          () -> {
            var state = open();
            var certificate = SelfSignedCertificate.in(state, Instant.now());
            return new Secrets(state).tokenKey()
                + Files.readString(certificate.key())
                + Files.readString(certificate.certificate());
          };
      var seen = new HashSet<String>();
      for (var result : pool.invokeAll(IntStream.range(0, nodes).mapToObj(i -> start).toList())) {
        seen.add(result.get());
      }
      assertEquals(1, seen.size());
    } finally {
      pool.shutdownNow();
    }
    try (var files = Files.list(directory.resolve("state"))) {
      assertEquals(2, files.count(), "drafts are left");
    }
  }

  @Test
  void anotherDirectoryHasOtherSecrets() {
    var other = StateDirectory.open(directory.resolve("other"));
    assertNotEquals(new Secrets(open()).tokenKey(), new Secrets(other).tokenKey());
  }

  @Test
  void aDirectoryThatCantBeMadeIsNamed() throws IOException {
    var file = Files.createFile(directory.resolve("file"));
    var refused =
        assertThrows(LaunchException.class, () -> StateDirectory.open(file.resolve("state")));
    assertTrue(String.valueOf(refused.getMessage()).contains("state_dir"));
  }
}
