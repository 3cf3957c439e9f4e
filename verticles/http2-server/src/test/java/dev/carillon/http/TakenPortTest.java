package dev.carillon.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.carillon.gateway.Gateway;
import io.vertx.core.Context;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TakenPortTest {

  @TempDir Path folder;

  /** Remembers what it was mounted on. */
  private record Mounts(List<Context> contexts) implements Gateway {
    @Override
    public String name() {
      return "mounts";
    }

    @Override
    public void mount(Router router, Context context) {
      contexts.add(context);
    }
  }

  @Test
  void aServerThatFindsAPortTakenLeavesNothingBehindAndOpensOthers() throws IOException {
    var mounts = new Mounts(new CopyOnWriteArrayList<>());
    try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        var site = new TestSite(folder)) {
      site.gateways.add(mounts);
      site.with("tls_port", Integer.toString(taken.getLocalPort()));

      var failed = assertThrows(AssertionError.class, site::start);
      assertInstanceOf(BindException.class, failed.getCause());
      assertEquals(List.of(), mounts.contexts());

      site.with("tls_port", "0").start();
      assertEquals(2, mounts.contexts().size(), "one for each instance");
      var client = new TestClient(site.certificate);
      assertEquals(200, client.get(site.tlsUrl("/healthz")).statusCode());
    }
  }
}
