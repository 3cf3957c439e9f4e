package dev.carillon.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.StreamOptions;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Redis behind TLS, with a certificate for 127.0.0.1 that no JVM trusts by itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisTlsTest {

  private static final StreamOptions KEPT =
      new StreamOptions(10, Duration.ofHours(1), Duration.ofHours(2));

  private static final String PASSWORD = "changeit";

  @TempDir static Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final RedisServer server = RedisServer.forgetful();
  private int port;

  @BeforeAll
  void serve() throws Exception {
    certificate();
    var keys =
        new PemKeyCertOptions()
            .addCertPath(folder.resolve("cert.pem").toString())
            .addKeyPath(folder.resolve("key.pem").toString());
    var redis = vertx.createNetClient();
    var front =
        vertx
            .createNetServer(new NetServerOptions().setSsl(true).setKeyCertOptions(keys))
            .connectHandler(socket -> pass(redis, socket))
            .exceptionHandler(refused -> {});
    port = front.listen(0, "127.0.0.1").await().actualPort();
  }

  @AfterAll
  void close() {
    vertx.close().await();
    server.close();
  }

  /** Both directions, decrypted on the way in. */
  private void pass(NetClient redis, NetSocket outside) {
    outside.pause();
    var address = server.address().split(":");
    redis
        .connect(Integer.parseInt(address[1]), address[0])
        .onSuccess(
            inside -> {
              inside.pipeTo(outside);
              outside.pipeTo(inside);
            })
        .onFailure(absent -> outside.close());
  }

  private void certificate() throws IOException, GeneralSecurityException, InterruptedException {
    var store = folder.resolve("keys.p12");
    var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var made =
        new ProcessBuilder(
                keytool,
                "-genkeypair",
                "-alias",
                "redis",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=redis",
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start()
            .waitFor();
    assertEquals(0, made, "keytool");
    var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    pem("cert.pem", "CERTIFICATE", keys.getCertificate("redis").getEncoded());
    pem("key.pem", "PRIVATE KEY", keys.getKey("redis", PASSWORD.toCharArray()).getEncoded());
  }

  private void pem(String file, String kind, byte[] der) throws IOException {
    var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    var text = "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n";
    Files.writeString(folder.resolve(file), text);
  }

  private TestEngine node(String host, Map<String, String> tls) {
    var options = new HashMap<String, Object>(Map.of("address", host + ":" + port));
    options.putAll(tls);
    return TestEngine.on(server, options);
  }

  @Test
  void aServerWithATrustedCertificateIsUsed() {
    var trusted =
        Map.of("tls.enabled", "true", "tls.ca_pem_file", folder.resolve("cert.pem").toString());
    try (var node = node("127.0.0.1", trusted)) {
      assertEquals("", node.engine.trouble());
      var publication = NewPublication.of(Bytes.utf8("a")).withIdempotencyKey("a");
      assertEquals(1, node.streams.append("c", publication, KEPT).await().publication().offset());
    }
  }

  @Test
  void anUnknownCertificateIsRefused() {
    try (var node = node("127.0.0.1", Map.of("tls.enabled", "true"))) {
      assertTrue(node.engine.trouble().contains("PKIX"), node.engine.trouble());
    }
  }

  @Test
  void aCertificateForAnotherHostIsRefused() {
    var trusted =
        Map.of("tls.enabled", "true", "tls.ca_pem_file", folder.resolve("cert.pem").toString());
    try (var node = node("localhost", trusted)) {
      assertTrue(node.engine.trouble().contains("localhost"), node.engine.trouble());
      assertTrue(node.engine.trouble().contains("SSL"), node.engine.trouble());
    }
  }
}
