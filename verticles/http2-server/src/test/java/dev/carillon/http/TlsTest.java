package dev.carillon.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.gateway.TestCertificate;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.Locale;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS with both engines. */
@ParameterizedClass
@EnumSource(
    value = TlsEngine.class,
    names = {"JDK", "BORINGSSL"})
class TlsTest {

  @TempDir Path folder;

  private final TlsEngine engine;
  private TestSite site;
  private TestClient client;

  TlsTest(TlsEngine engine) {
    this.engine = engine;
  }

  @BeforeEach
  void start() {
    site = new TestSite(folder).with("tls.engine", engine.name().toLowerCase(Locale.ROOT)).start();
    client = new TestClient(site.certificate);
  }

  @AfterEach
  void stop() {
    site.close();
  }

  private HttpResponse<String> health(HttpClient http) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(site.tlsUrl("/healthz"))).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void alpnChoosesWhatTheClientSpeaks(HttpClient.Version version) throws Exception {
    var answer = health(client.http(version));
    assertEquals(200, answer.statusCode());
    assertEquals(version, answer.version());
    assertEquals("{\"status\":\"up\"}", answer.body());
  }

  private SSLSocket connect(String... protocols) throws IOException {
    var socket =
        (SSLSocket) client.context.getSocketFactory().createSocket("localhost", site.tlsPort());
    socket.setSoTimeout(10_000);
    socket.setEnabledProtocols(protocols);
    return socket;
  }

  private static String request(SSLSocket socket) throws IOException {
    try (socket) {
      var request = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void sessionsAreResumed(String protocol) throws IOException {
    for (int i = 0; i < 5; i++) {
      var socket = connect(protocol);
      assertTrue(request(socket).startsWith("HTTP/1.1 200 "));
      assertEquals(protocol, socket.getSession().getProtocol());
    }
    assertEquals(1, client.handshakes.get(), "only the first showed the certificate");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA", "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384"})
  void suitesThatAreNotOnTheListAreRefused(String suite) throws IOException {
    try (var socket = connect("TLSv1.2")) {
      socket.setEnabledCipherSuites(new String[] {suite});
      assertThrows(SSLHandshakeException.class, socket::startHandshake);
    }
  }

  @Test
  void newConnectionsGetTheReloadedCertificateAndOldOnesLiveOn() throws Exception {
    var other = TestCertificate.create(folder, "other");
    client = new TestClient(site.certificate, other);
    var old = client.http(HttpClient.Version.HTTP_2);
    assertEquals(200, health(old).statusCode());
    Files.copy(
        other.certificate(), site.certificate.certificate(), StandardCopyOption.REPLACE_EXISTING);
    Files.copy(other.key(), site.certificate.key(), StandardCopyOption.REPLACE_EXISTING);
    Wait.on(site.servers().reloadCertificate());
    assertEquals("CN=other", subject());
    assertEquals(
        HttpClient.Version.HTTP_2, health(client.http(HttpClient.Version.HTTP_2)).version());
    int before = client.handshakes.get();
    assertEquals(200, health(old).statusCode());
    assertEquals(before, client.handshakes.get(), "the old connection was used");
  }

  private String subject() throws IOException {
    try (var socket = connect("TLSv1.3")) {
      socket.startHandshake();
      var shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return shown.getSubjectX500Principal().getName();
    }
  }

  @Test
  void aReloadThatFailsChangesNothing() throws Exception {
    Files.writeString(site.certificate.key(), "no key");
    var failure =
        assertThrows(TlsException.class, () -> Wait.on(site.servers().reloadCertificate()));
    assertTrue(String.valueOf(failure.getMessage()).startsWith("http_server.tls.key_pem_file = "));
    assertEquals("CN=localhost", subject());
  }

  @Test
  void hstsIsSentOnlyWithAConfiguredCertificateAndOnlyOverTls() {
    assertTrue(
        client.get(site.tlsUrl("/")).headers().firstValue("Strict-Transport-Security").isEmpty());
    try (var configured = new TestSite(folder).withHsts().start()) {
      var answer = client.get(configured.tlsUrl("/"));
      assertEquals(
          "max-age=31536000",
          answer.headers().firstValue("Strict-Transport-Security").orElse("none"));
      assertFalse(
          client.get(configured.url("/")).headers().map().containsKey("strict-transport-security"));
    }
  }
}
