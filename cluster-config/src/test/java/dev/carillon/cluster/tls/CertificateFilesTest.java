package dev.carillon.cluster.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.cluster.StartException;
import dev.carillon.cluster.tls.CertificateAuthority.Validity;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServerOptions;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateFilesTest {

  private static final Instant NOW = Instant.now();

  /** Made for this test alone by {@code openssl ecparam -name prime256v1 -genkey}. */
  private static final String SEC1 =
      """
      -----BEGIN EC PARAMETERS-----
      BggqhkjOPQMBBw==
      -----END EC PARAMETERS-----
      -----BEGIN EC PRIVATE KEY-----
      MHcCAQEEIMDNPl6dAQCsutWNcoehn5xfQ3AndKebkI0Dc0I6VlQEoAoGCCqGSM49
      AwEHoUQDQgAEoLvOjP7np+dTnBoglaAhS/ErYUtPUX7365ti5bkMrssrWACvGmEN
      kVSYhWv41RmeJdTYFHXBLVbOSJt2ro9UQg==
      -----END EC PRIVATE KEY-----
      """;

  private static final String SEC1_SECRET =
      "c0cd3e5e9d0100acbad58d7287a19f9c5f43702774a79b908d0373423a565404";

  @TempDir private Path directory;
  private TestCertificates certificates;
  private Map<String, Object> good;

  @BeforeEach
  void make() {
    certificates = new TestCertificates(directory);
    good = certificates.options("n1");
  }

  private NodeCertificate read(Map<String, Object> options) {
    return CertificateFiles.read(
        new ClusterTls(
            TlsChoice.TRUE,
            value(options, "tls.ca_file"),
            value(options, "tls.cert_file"),
            value(options, "tls.key_file")),
        "10.0.0.1",
        NOW);
  }

  private static String value(Map<String, Object> options, String key) {
    return Objects.requireNonNull(options.get(key)).toString();
  }

  private String refusal(Map<String, Object> options) {
    var refused = assertThrows(StartException.class, () -> read(options));
    assertEquals(StartException.Reason.CERTIFICATE, refused.reason());
    assertEquals(1, refused.getMessage().lines().count());
    return refused.getMessage().replace(directory.toString(), "D");
  }

  private Map<String, Object> with(String key, Object value) {
    var changed = new HashMap<>(good);
    changed.put(key, value);
    return changed;
  }

  @Test
  void aGoodCertificateIsReadWithItsAuthority() {
    var read = read(good);
    assertEquals(read.authorities().get(0), read.issuer());
    assertTrue(read.end().isAfter(NOW));
    assertTrue(read.trust().worksWith(read(certificates.options("n2")).trust()));
  }

  @Test
  void whatIsNotSetSaysHowToMakeItAndHowToDoWithout() {
    assertEquals(
        "cluster.tls.cert_file is not set (expected: a file, because cluster.tls.enabled = true):"
            + " make certificates with ./carillon certs, or set cluster.tls.enabled: false",
        refusal(with("tls.cert_file", "")));
  }

  @Test
  void whatIsNotThereOrNoPemIsNamed() throws IOException {
    assertEquals(
        "cluster.tls.key_file = D/none (expected: a file that exists)",
        refusal(with("tls.key_file", directory.resolve("none"))));
    assertEquals(
        "cluster.tls.ca_file = D (expected: a file that can be read)",
        refusal(with("tls.ca_file", directory)));
    var text = Files.writeString(directory.resolve("text"), "hello\n");
    assertEquals(
        "cluster.tls.cert_file = D/text (expected: certificates in PEM)",
        refusal(with("tls.cert_file", text)));
    var broken = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
    assertEquals(
        "cluster.tls.key_file = D/broken (expected: a private key in PEM, not encrypted)",
        refusal(with("tls.key_file", certificates.write("broken", broken))));
  }

  @Test
  void theKeyOfAnotherCertificateIsRefused() {
    var other = value(certificates.options("n2"), "tls.key_file");
    assertEquals(
        "cluster.tls.key_file = D/n2-key.pem (expected: the key of D/n1.pem)",
        refusal(with("tls.key_file", other)));
  }

  @Test
  void aCertificateThatHasEndedOrNotBegunIsRefused() {
    var begin = NOW.minus(Duration.ofDays(20));
    var ended = certificates.options("n1", new Validity(begin, Duration.ofDays(10)));
    assertTrue(refusal(ended).contains("D/n1.pem (expected: a certificate that is valid now, "));
    var later = new Validity(NOW.plus(Duration.ofDays(2)), Duration.ofDays(10));
    assertTrue(refusal(certificates.options("n1", later)).contains("valid now, "));
  }

  @Test
  void aCertificateOfAnotherAuthorityIsRefused() throws IOException {
    var other = new TestCertificates(Files.createDirectory(directory.resolve("other")));
    assertEquals(
        "cluster.tls.cert_file = D/n1.pem (expected: a certificate that the authority of"
            + " D/other/ca.pem has signed)",
        refusal(with("tls.ca_file", value(other.options("n1"), "tls.ca_file"))));
  }

  @Test
  void aCertificateOfANodeIsNoAuthority() {
    assertEquals(
        "cluster.tls.ca_file = D/n1.pem (expected: certificates of authorities)",
        refusal(with("tls.ca_file", value(good, "tls.cert_file"))));
  }

  @Test
  void keysAsOpensslWritesThemAreRead() throws Exception {
    var sec1 = (ECPrivateKey) Objects.requireNonNull(Pem.privateKey(SEC1));
    assertEquals(new BigInteger(SEC1_SECRET, 16), sec1.getS());

    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    var rsa = generator.generateKeyPair().getPrivate();
    // openssl genrsa -traditional: what stands inside of PKCS#8.
    var pkcs1 = PrivateKeyInfo.getInstance(rsa.getEncoded()).parsePrivateKey().toASN1Primitive();
    var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(pkcs1.getEncoded());
    var label = "RSA PRIVATE KEY-----\n";
    assertEquals(rsa, Pem.privateKey("-----BEGIN " + label + lines + "\n-----END " + label));

    for (PrivateKey key : List.of(rsa, sec1, certificates.authority().credentials().key())) {
      assertEquals(key, Pem.privateKey(Pem.privateKey(key.getEncoded())), "PKCS#8");
    }
  }

  @Test
  void oneAuthorityCanReplaceAnotherWhileBothAreTrusted() throws IOException {
    var next = new TestCertificates(Files.createDirectory(directory.resolve("next")));
    var both =
        certificates.write(
            "both.pem",
            Files.readString(directory.resolve("ca.pem"))
                + Files.readString(directory.resolve("next/ca.pem")));
    var old = new HashMap<>(good);
    var moved = new HashMap<>(next.options("n2"));
    assertFalse(read(old).trust().worksWith(read(moved).trust()));
    moved.put("tls.ca_file", both);
    assertFalse(read(old).trust().worksWith(read(moved).trust()), "the other trusts one alone");
    old.put("tls.ca_file", both);
    assertTrue(read(old).trust().worksWith(read(moved).trust()));
    assertEquals(read(old).trust(), Trust.parse(read(old).trust().toString()));
  }

  @Test
  void whoUsesNoTlsWorksWithWhoUsesNone() {
    assertTrue(Trust.NONE.worksWith(Trust.parse("")));
    assertFalse(Trust.NONE.worksWith(read(good).trust()));
    assertFalse(read(good).trust().worksWith(Trust.parse(Trust.NONE.toString())));
  }

  /** The bus makes its client and its server from JSON of these options. */
  @Test
  void nothingIsLostOnTheWayToTheSocketsOfTheBus() {
    var bus = new EventBusOptions();
    read(good).applyTo(bus);
    var server = new NetServerOptions(bus.toJson());
    var client = new NetClientOptions(bus.toJson());
    assertTrue(server.isSsl() && client.isSsl());
    assertEquals(ClientAuth.REQUIRED, server.getClientAuth());
    assertFalse(client.isTrustAll());
    assertEquals(Set.of("TLSv1.3"), server.getEnabledSecureTransportProtocols());
    assertEquals(bus.getKeyCertOptions(), server.getKeyCertOptions());
    assertEquals(bus.getTrustOptions(), server.getTrustOptions());
    assertEquals(bus.getKeyCertOptions(), client.getKeyCertOptions());
    assertEquals(bus.getTrustOptions(), client.getTrustOptions());
  }
}
