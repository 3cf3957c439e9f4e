package dev.carillon.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.gateway.Gateway;
import dev.carillon.hub.Connections.EndReason;
import io.vertx.core.Context;
import io.vertx.ext.web.Router;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What nobody can exceed, and what is seen of those who try. */
class LimitsTest {

  @TempDir static Path folder;

  private TestSite site;

  @BeforeEach
  void start() {
    site =
        new TestSite(folder)
            .with("header_timeout", "400ms")
            .with("request_timeout", "700ms")
            .with("keep_alive_timeout", "600ms");
  }

  @AfterEach
  void stop() {
    site.close();
  }

  @Test
  void aHeadThatDripsIsCutOff() throws IOException {
    site.start();
    try (var slow = new RawHttp(site.port())) {
      slow.send("GET / HTTP/1.1\r\nHost: localhost\r\n");
      assertEquals("", slow.rest());
    }
    assertStillServes();
  }

  @Test
  void aConnectionThatSaysNothingIsCutOff() throws IOException {
    site.start();
    try (var silent = new RawHttp(site.port());
        var silentTls = new RawHttp(site.tlsPort())) {
      assertEquals("", silent.rest());
      assertEquals("", silentTls.rest());
    }
  }

  @Test
  void aConnectionThatIsKeptWithoutNeedIsClosed() throws IOException {
    site.start();
    try (var kept = new RawHttp(site.port())) {
      assertEquals("HTTP/1.1 200 OK", kept.get("/healthz").status());
      assertTrue(kept.rest().endsWith("{\"status\":\"up\"}"));
    }
  }

  @Test
  void aBodyThatDripsIsCutOff() throws IOException {
    site.start();
    try (var slow = new RawHttp(site.port())) {
      slow.send("POST /demo/token HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{");
      assertEquals("", slow.rest());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aClientThatNeverReadsIsCutOff(boolean tls) throws IOException {
    site.start();
    Socket socket = new Socket("127.0.0.1", tls ? site.tlsPort() : site.port());
    if (tls) {
      var context = new TestClient(site.certificate).context;
      socket = context.getSocketFactory().createSocket(socket, "localhost", site.tlsPort(), true);
    }
    try (var deaf = new RawHttp(socket)) {
      // Far more than the kernel keeps for both sides.
      Thread asking = new Thread(() -> askForEver(deaf));
      asking.start();
      Wait.until("it is there", () -> site.ports.connections().count() == 1);
      Wait.until("it was cut off", () -> site.ports.connections().count() == 0);
    }
    assertStillServes();
  }

  private static void askForEver(RawHttp deaf) {
    try {
      while (true) {
        deaf.get("/vendor/lib/1.0.0/lib.js");
      }
    } catch (IOException cut) {
      // This is what the test waits for.
    }
  }

  @Test
  void headersThatAreTooLargeGet431() throws IOException {
    site.start();
    try (var large = new RawHttp(site.port())) {
      large.send("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(9000) + "\r\n\r\n");
      assertEquals("HTTP/1.1 431 Request Header Fields Too Large", large.status());
    }
    assertStillServes();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello\r\n\r\n",
        "\0\1\2\3\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "\u0016\u0003\u0001\r\n\r\n"
      })
  void garbageIsRefusedAndClosed(String garbage) throws IOException {
    site.start();
    try (var raw = new RawHttp(site.port())) {
      String answer = raw.send(garbage).rest();
      assertTrue(answer.matches("(?s)(HTTP/... (400|501) .*)?"), answer);
    }
    assertStillServes();
  }

  @Test
  void garbageOnTheTlsPortIsClosed() throws IOException {
    site.start();
    try (var raw = new RawHttp(site.tlsPort())) {
      raw.get("/").rest();
    }
    assertEquals(200, new TestClient(site.certificate).get(site.tlsUrl("/healthz")).statusCode());
  }

  private void assertStillServes() {
    assertEquals(200, new TestClient().get(site.url("/healthz")).statusCode());
  }

  @Test
  void connectionsBeyondTheLimitGet503UntilOneLeaves() throws IOException {
    site.with("keep_alive_timeout", "1m").connectionLimit(2).start();
    try (var first = new RawHttp(site.port())) {
      assertEquals("HTTP/1.1 200 OK", first.get("/healthz").status());
      try (var second = new RawHttp(site.port())) {
        assertEquals("HTTP/1.1 200 OK", second.get("/healthz").status());
        // Opened only now: instances on several event loops count in the order they come to it.
        assertIsOneTooMany();
        second.in().skipNBytes("{\"status\":\"up\"}".length());
        assertEquals("HTTP/1.1 200 OK", second.get("/healthz").status());
      }
      Wait.until("the others have left", () -> site.ports.connections().count() == 1);
      try (var fourth = new RawHttp(site.port())) {
        assertEquals("HTTP/1.1 200 OK", fourth.get("/healthz").status());
      }
    }
  }

  private void assertIsOneTooMany() throws IOException {
    try (var raw = new RawHttp(site.port())) {
      assertEquals("HTTP/1.1 503 Service Unavailable", raw.get("/healthz").status());
      assertTrue(raw.rest().endsWith("too many connections\n"));
    }
  }

  @Test
  void everyConnectionIsARowUntilItIsClosedOrUpgraded() throws IOException {
    site.with("keep_alive_timeout", "1m");
    site.gateways.add(new Switching());
    site.start();
    try (var one = new RawHttp(site.port());
        var other = new RawHttp(site.port())) {
      one.get("/healthz").head();
      other.get("/healthz").head();
      Wait.until(
          "both have answered",
          () ->
              site.ports.connections().records().stream()
                      .filter(row -> row.stats().messagesOut() == 1)
                      .count()
                  == 2);
      assertEquals(2, site.ports.meters().get("carillon.connections").gauge().value());
      var row = site.ports.connections().records().get(0);
      assertEquals("http/1.1", row.transport());
      assertEquals("n1", row.node());
      assertTrue(row.address().startsWith("127.0.0.1:"));
      assertEquals(15, row.stats().bytesOut());
      other.in().skipNBytes(15);
      assertTrue(other.get("/switch").status().startsWith("HTTP/1.1 101 "));
      Wait.until("one is upgraded", () -> site.ports.connections().count() == 1);
    }
    Wait.until("all are gone", () -> site.ports.connections().count() == 0);
  }

  @Test
  void anAddressOfIpv6IsInBrackets() throws IOException {
    site.with("bind", "::1").with("keep_alive_timeout", "1m").start();
    try (var one = new RawHttp(new Socket("::1", site.port()))) {
      assertEquals("HTTP/1.1 200 OK", one.get("/healthz").status());
      String address = site.ports.connections().records().get(0).address();
      assertTrue(address.startsWith("[::1]:"), address);
    }
  }

  @Test
  void anHttp2ConnectionIsARowOfItsKind() {
    site.start();
    var answer = new TestClient(site.certificate).get(site.tlsUrl("/healthz"));
    assertEquals(200, answer.statusCode());
    assertEquals("h2", site.ports.connections().records().get(0).transport());
  }

  @Test
  void anOperatorCanEndAConnection() throws IOException {
    site.with("keep_alive_timeout", "1m").start();
    try (var one = new RawHttp(site.port())) {
      one.get("/healthz").head();
      String id = site.ports.connections().records().get(0).id();
      assertTrue(site.ports.connections().end(id, EndReason.OPERATOR));
      assertTrue(one.rest().endsWith("}"));
    }
  }

  /** Answers 101 as a gateway does that takes a connection over. */
  private static final class Switching implements Gateway {
    @Override
    public String name() {
      return "switching";
    }

    @Override
    public void mount(Router router, Context context) {
      router
          .route("/switch")
          .handler(
              routing ->
                  routing
                      .response()
                      .setStatusCode(101)
                      .putHeader("Connection", "upgrade")
                      .putHeader("Upgrade", "x")
                      .end());
    }
  }

  private static final int HEADERS = 1;
  private static final int RESET = 3;
  private static final int SETTINGS = 4;
  private static final int GOAWAY = 7;

  /** RFC 9113 section 4.1. */
  private static byte[] frame(int type, int flags, int stream, byte... payload) {
    var out = new ByteArrayOutputStream();
    out.write(0);
    out.write(payload.length >> 8);
    out.write(payload.length);
    out.write(type);
    out.write(flags);
    for (int shift = 24; shift >= 0; shift -= 8) {
      out.write(stream >> shift);
    }
    out.writeBytes(payload);
    return out.toByteArray();
  }

  @Test
  void streamsThatAreResetTooOftenEndTheConnection() throws IOException {
    site.start();
    var client = new TestClient(site.certificate);
    var socket =
        (SSLSocket) client.context.getSocketFactory().createSocket("localhost", site.tlsPort());
    var parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    socket.setSSLParameters(parameters);
    try (var raw = new RawHttp(socket)) {
      raw.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").send(frame(SETTINGS, 0, 0));
      var flood = new ByteArrayOutputStream();
      for (int i = 0; i < 300; i++) {
        // Static entries of HPACK: GET, https, /; and localhost as the authority.
        byte[] get = {(byte) 0x82, (byte) 0x87, (byte) 0x84, 0x41, 9};
        var block = new ByteArrayOutputStream();
        block.writeBytes(get);
        block.writeBytes("localhost".getBytes(StandardCharsets.US_ASCII));
        flood.writeBytes(frame(HEADERS, 5, 2 * i + 1, block.toByteArray()));
        flood.writeBytes(frame(RESET, 0, 2 * i + 1, new byte[] {0, 0, 0, 8}));
      }
      raw.send(flood.toByteArray());
      assertEquals(11, goAwayCode(raw), "ENHANCE_YOUR_CALM");
    }
    assertEquals(200, client.get(site.tlsUrl("/healthz")).statusCode());
  }

  private static int goAwayCode(RawHttp raw) throws IOException {
    var in = raw.in();
    try {
      while (true) {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        in.skipNBytes(5);
        byte[] payload = in.readNBytes(length);
        if (type == GOAWAY) {
          return payload[7];
        }
      }
    } catch (EOFException closed) {
      throw new AssertionError("closed without GOAWAY", closed);
    }
  }
}
