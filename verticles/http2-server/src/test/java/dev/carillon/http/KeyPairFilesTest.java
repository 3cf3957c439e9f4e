package dev.carillon.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.carillon.gateway.TestCertificate;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator reads when the files are wrong. */
class KeyPairFilesTest {

  @TempDir static Path folder;

  private Vertx vertx;
  private TestCertificate own;
  private TestCertificate other;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    own = TestCertificate.create(folder, "localhost");
    other = TestCertificate.create(folder, "other");
  }

  @AfterEach
  void stop() {
    Wait.on(vertx.close());
  }

  private String complaint(Path certificate, Path key) {
    var options = new TlsOptions(certificate.toString(), key.toString(), TlsEngine.AUTO);
    var failure =
        assertThrows(TlsException.class, () -> KeyPairFiles.read(vertx, options)).getMessage();
    return failure == null ? "" : failure.replace(folder + "/", "");
  }

  @Test
  void goodFilesAreRead() {
    var options =
        new TlsOptions(own.certificate().toString(), own.key().toString(), TlsEngine.AUTO);
    assertEquals("CN=localhost", KeyPairFiles.read(vertx, options).subject());
  }

  @Test
  void aMissingFileIsNamed() {
    assertEquals(
        "http_server.tls.cert_pem_file = missing.pem (expected: a file that exists)",
        complaint(folder.resolve("missing.pem"), own.key()));
    assertEquals(
        "http_server.tls.key_pem_file = missing.pem (expected: a file that exists)",
        complaint(own.certificate(), folder.resolve("missing.pem")));
  }

  @Test
  void anUnreadableFileIsNamed() {
    assertEquals(
        "http_server.tls.cert_pem_file = " + folder + " (expected: a file that can be read)",
        complaint(folder, own.key()));
  }

  @Test
  void aKeyOfAnotherCertificateIsNamed() {
    assertEquals(
        "http_server.tls.key_pem_file = other.key.pem (expected: the key of localhost.crt.pem)",
        complaint(own.certificate(), other.key()).replace(folder + "/", ""));
  }

  @Test
  void filesInTheWrongOrderAreNamed() {
    assertEquals(
        "http_server.tls.cert_pem_file = localhost.key.pem (expected: certificates in PEM)",
        complaint(own.key(), own.certificate()));
  }

  @Test
  void brokenFilesAreNamed() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.pem"), "hello");
    assertEquals(
        "http_server.tls.cert_pem_file = broken.pem (expected: certificates in PEM)",
        complaint(broken, own.key()));
    assertEquals(
        "http_server.tls.key_pem_file = broken.pem"
            + " (expected: a private key in PEM, not encrypted)",
        complaint(own.certificate(), broken));
  }

  @Test
  void aServerWithBrokenFilesDoesNotStart() {
    try (var site = new TestSite(folder)) {
      site.files(own.certificate().toString(), other.key().toString());
      assertThrows(TlsException.class, site::start);
    }
  }
}
