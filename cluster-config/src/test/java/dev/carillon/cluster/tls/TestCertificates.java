package dev.carillon.cluster.tls;

import dev.carillon.cluster.tls.CertificateAuthority.Validity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** An authority with its certificate in a directory, and certificates of it for nodes. */
public final class TestCertificates {

  private static final Duration YEAR = Duration.ofDays(365);

  private final CertificateAuthority authority =
      CertificateAuthority.create(new Validity(Instant.now().minus(YEAR), YEAR.multipliedBy(3)));
  private final Path directory;

  public TestCertificates(Path directory) {
    this.directory = directory;
    write("ca.pem", pem(authority.credentials()));
  }

  /** Options of the section {@code cluster} for a node with a certificate of its own. */
  public Map<String, Object> options(String node) {
    return options(node, new Validity(Instant.now(), YEAR));
  }

  /** The same, valid at another time. */
  public Map<String, Object> options(String node, Validity validity) {
    var issued = credentials(node, validity);
    return Map.of(
        "tls.enabled", true,
        "tls.ca_file", directory.resolve("ca.pem").toString(),
        "tls.cert_file", write(node + ".pem", pem(issued)),
        "tls.key_file", write(node + "-key.pem", Pem.privateKey(issued.key().getEncoded())));
  }

  /** A certificate and its key. */
  public Credentials credentials(String node) {
    return credentials(node, new Validity(Instant.now(), YEAR));
  }

  private Credentials credentials(String node, Validity validity) {
    return authority.issue(node, List.of(node), validity);
  }

  String write(String name, String text) {
    try {
      return Files.writeString(directory.resolve(name), text).toString();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  CertificateAuthority authority() {
    return authority;
  }

  static String pem(Credentials credentials) {
    try {
      return Pem.certificate(credentials.certificate().getEncoded());
    } catch (CertificateEncodingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
