package dev.carillon.launch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.cluster.StartException;
import dev.carillon.cluster.tls.CertificateFiles;
import dev.carillon.cluster.tls.ClusterTls;
import dev.carillon.cluster.tls.NodeCertificate;
import dev.carillon.cluster.tls.TlsChoice;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CertsCommandTest {

  private record Outcome(int code, String out, String err) {}

  @TempDir private Path directory;

  private static Outcome certs(Path out, String... more) {
    var printed = new StringWriter();
    var complained = new StringWriter();
    int code =
        new CommandLine(new CertsCommand())
            .setOut(new PrintWriter(printed))
            .setErr(new PrintWriter(complained))
            .setExecutionExceptionHandler(
                (failure, command, parsed) -> {
                  command.getErr().println(failure.getMessage());
                  return 1;
                })
            .execute(
                Stream.concat(Stream.of("--out", out.toString()), Stream.of(more))
                    .toArray(String[]::new));
    return new Outcome(code, printed.toString(), complained.toString());
  }

  private static NodeCertificate read(Path authority, Path out, String node) {
    var files =
        new ClusterTls(
            TlsChoice.TRUE,
            authority.resolve("ca.pem").toString(),
            out.resolve(node + ".pem").toString(),
            out.resolve(node + "-key.pem").toString());
    return CertificateFiles.read(files, "10.0.0.1", Instant.now());
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void eachNodeGetsACertificateThatTheOthersAccept() throws Exception {
    var out = directory.resolve("new/certs");
    var made = certs(out, "--node", "n1", "--node", "n2", "--san", "10.0.0.7", "--san", "a.local");
    assertEquals(0, made.code, made::toString);
    var first = read(out, out, "n1");
    var second = read(out, out, "n2");
    assertTrue(first.trust().worksWith(second.trust()));
    var names =
        first.chain().get(0).getSubjectAlternativeNames().stream()
            .map(name -> String.valueOf(name.get(1)))
            .collect(Collectors.toSet());
    assertEquals(List.of("10.0.0.7", "a.local", "n1"), names.stream().sorted().toList());
    assertTrue(first.end().isBefore(Instant.now().plus(Duration.ofDays(366))));
  }

  @Test
  void keysCanBeReadByTheirOwnerAlone() throws Exception {
    var out = directory.resolve("certs");
    certs(out, "--node", "n1");
    assertEquals("rwx------", mode(out));
    assertEquals("rw-------", mode(out.resolve("ca-key.pem")));
    assertEquals("rw-------", mode(out.resolve("n1-key.pem")));
    assertEquals("rw-r--r--", mode(out.resolve("n1.pem")));
  }

  @Test
  void whatIsPrintedCanBePutIntoTheConfiguration() {
    var out = directory.resolve("certs");
    var text = certs(out, "--node", "n1").out;
    for (var key : List.of("ca_file", "cert_file", "key_file")) {
      var line = text.lines().filter(one -> one.contains("cluster.tls." + key)).findFirst();
      var file = line.orElseThrow(() -> new AssertionError(text)).split(": ", 2)[1];
      assertTrue(Files.exists(Path.of(file)), file);
    }
    assertTrue(text.contains("keep it off the nodes"), text);
  }

  @Test
  void theAuthorityOfTheDirectoryIsUsedAgain() throws Exception {
    certs(directory, "--node", "n1");
    byte[] authority = Files.readAllBytes(directory.resolve("ca.pem"));
    var later = certs(directory, "--node", "n2");
    assertEquals(0, later.code, later::toString);
    assertArrayEquals(authority, Files.readAllBytes(directory.resolve("ca.pem")));
    assertTrue(
        read(directory, directory, "n1")
            .trust()
            .worksWith(read(directory, directory, "n2").trust()));
  }

  @Test
  void anAuthorityElsewhereSignsWithoutItsKeyBeingCopied() {
    var safe = directory.resolve("safe");
    certs(safe, "--node", "n1");
    var out = directory.resolve("out");
    var made = certs(out, "--node", "n2", "--ca", safe.toString());
    assertEquals(0, made.code, made::toString);
    assertTrue(Files.notExists(out.resolve("ca-key.pem")));
    read(safe, out, "n2");
  }

  @Test
  void nothingIsReplacedUnlessThatIsSaid() throws Exception {
    certs(directory, "--node", "n1");
    var before = Files.readString(directory.resolve("n1-key.pem"));
    var refused = certs(directory, "--node", "n0", "--node", "n1");
    assertEquals(1, refused.code);
    assertTrue(refused.err.contains("exists (expected: a new file): --force"), refused.err);
    assertEquals(before, Files.readString(directory.resolve("n1-key.pem")));
    assertTrue(Files.notExists(directory.resolve("n0.pem")), "all or nothing");

    assertEquals(0, certs(directory, "--node", "n1", "--force").code);
    assertNotEquals(before, Files.readString(directory.resolve("n1-key.pem")));
    assertEquals("rw-------", mode(directory.resolve("n1-key.pem")));
    read(directory, directory, "n1");
  }

  @Test
  void wrongArgumentsAreRefusedBeforeAnythingIsMade() {
    var out = directory.resolve("out");
    assertTrue(certs(out, "--node", "a/b").err.contains("--node a/b (expected: a name of"));
    assertTrue(certs(out, "--node", "ca").err.contains("--node ca (expected: "));
    assertTrue(certs(out, "--node", "n1", "--san", "a b").err.contains("--san a b (expected: "));
    assertTrue(certs(out, "--node", "n1", "--days", "0").err.contains("(expected: 1 to 3650)"));
    assertTrue(certs(out, "--node", "n1", "--days", "4000").err.contains("(expected: 1 to 3650)"));
    assertTrue(Files.notExists(out));
  }

  @Test
  void anAuthorityThatIsNoneIsRefused() throws Exception {
    certs(directory, "--node", "n1");
    var other = Files.createDirectory(directory.resolve("other"));
    Files.copy(directory.resolve("n1.pem"), other.resolve("ca.pem"));
    var out = directory.resolve("out");
    var half = certs(out, "--node", "n2", "--ca", other.toString());
    assertEquals(1, half.code);
    assertTrue(half.err.contains("ca-key.pem (expected: a file that exists)"), half.err);
    Files.copy(directory.resolve("n1-key.pem"), other.resolve("ca-key.pem"));
    var leaf = certs(out, "--node", "n2", "--ca", other.toString());
    assertTrue(leaf.err.contains("(expected: one certificate in PEM, of an authority)"), leaf.err);
  }

  @Test
  void aCertificateOfAnotherAuthorityIsNotAccepted() {
    var other = directory.resolve("other");
    certs(directory, "--node", "n1");
    certs(other, "--node", "n1");
    var refused = assertThrows(StartException.class, () -> read(other, directory, "n1"));
    assertTrue(String.valueOf(refused.getMessage()).contains("has signed)"), refused::toString);
  }
}
