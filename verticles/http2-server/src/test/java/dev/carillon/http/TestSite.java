package dev.carillon.http;

import dev.carillon.broker.MemoryPorts;
import dev.carillon.config.OptionReader;
import dev.carillon.gateway.Gateways;
import dev.carillon.gateway.TestCertificate;
import dev.carillon.port.Ports;
import dev.carillon.session.ClientOptions;
import dev.carillon.token.JwtVerifier;
import dev.carillon.token.TokenIssuer;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A server on free ports, as the launcher would make it. */
final class TestSite implements AutoCloseable {

  private static final Map<String, ?> CLIENT =
      Map.of("token.hmac_secret_key", "a secret of thirty-two characters");

  final Vertx vertx =
      Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(2));
  final Ports ports = Wait.on(MemoryPorts.create(vertx));
  final Gateways gateways = new Gateways();
  final Path folder;
  final TestCertificate certificate;

  private @Nullable HttpServers servers;
  private ClientOptions client = OptionReader.read(ClientOptions.class, CLIENT);
  private Map<String, Object> http = new HashMap<>();
  private boolean hsts;
  private boolean demo = true;

  TestSite(Path folder) {
    this.folder = folder;
    this.certificate = TestCertificate.create(folder, "localhost");
    http.put("port", "0");
    http.put("tls_port", "0");
    files(certificate.certificate().toString(), certificate.key().toString());
  }

  TestSite with(String key, String value) {
    http.put(key, value);
    return this;
  }

  TestSite files(String certPemFile, String keyPemFile) {
    return with("tls.cert_pem_file", certPemFile).with("tls.key_pem_file", keyPemFile);
  }

  TestSite connectionLimit(int limit) {
    var options = new HashMap<String, Object>(CLIENT);
    options.put("connection_limit", String.valueOf(limit));
    client = OptionReader.read(ClientOptions.class, options);
    return this;
  }

  TestSite withHsts() {
    hsts = true;
    return this;
  }

  TestSite withoutDemo() {
    demo = false;
    return this;
  }

  TestSite start() {
    var few =
        OptionReader.read(GuestOptions.class, Map.of("token_burst", "3", "tokens_per_minute", "1"));
    var guests =
        new GuestAccess(
            few,
            new GuestGate(vertx, few),
            new TokenIssuer(client.token()),
            new JwtVerifier(vertx, client.token()));
    var site =
        new HttpSite(
            OptionReader.read(WebServerOptions.class, http),
            client,
            ports,
            gateways,
            demo ? guests : null,
            hsts);
    var opened = new HttpServers(vertx, site);
    servers = opened;
    Wait.on(
        opened
            .prepare()
            .compose(
                verticle ->
                    vertx.deployVerticle(
                        () -> verticle.apply(site.options()),
                        new DeploymentOptions().setInstances(2))));
    ports.membership().announce(List.of("http://localhost:" + port(), "https://example.org/x"));
    return this;
  }

  HttpServers servers() {
    return Objects.requireNonNull(servers, "not started");
  }

  int port() {
    return servers().port();
  }

  int tlsPort() {
    return servers().tlsPort();
  }

  String url(String path) {
    return "http://localhost:" + port() + path;
  }

  String tlsUrl(String path) {
    return "https://localhost:" + tlsPort() + path;
  }

  @Override
  public void close() {
    Wait.on(vertx.close());
  }
}
