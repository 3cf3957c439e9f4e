package dev.carillon.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.cluster.OwnAddresses;
import dev.carillon.config.Setting;
import dev.carillon.launch.local.PortChoice;
import dev.carillon.launch.local.StateDirectory;
import dev.carillon.launch.settings.Configuration;
import dev.carillon.launch.settings.Sources;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenersTest {
  @TempDir private Path directory;

  private Configuration configuration(Map<String, String> more) {
    var settings = new LinkedHashMap<String, Setting>();
    Listeners.KEYS.forEach(key -> settings.put(key, new Setting("0", "test")));
    settings.put("state_dir", new Setting(directory.toString(), "test"));
    more.forEach((key, value) -> settings.put(key, new Setting(value, "test")));
    return Configuration.load(Sources.only(settings));
  }

  private Listeners choose(Configuration configuration) {
    return Listeners.choose(configuration, new PortChoice(StateDirectory.open(directory)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "|http,https,management,tcp_echo,udp_echo,cluster,bus",
        "tcp-echo|management,tcp_echo,cluster,bus",
        "chat-hub|http,management,cluster,bus",
        "session-heartbeat,udp-echo|management,udp_echo,cluster,bus",
        "http2-server,admin-api|http,https,management,cluster,bus",
      })
  void aProcessOpensThePortsOfItsVerticles(@Nullable String verticles, String ports) {
    var configuration =
        configuration(verticles == null ? Map.of() : Map.of("node.verticles", verticles));
    assertEquals(List.of(ports.split(",")), List.copyOf(choose(configuration).ports().keySet()));
  }

  @Test
  void theConfigurationGetsThePortsThatWereFound() {
    var configuration = configuration(Map.of());
    var listeners = choose(configuration);
    var found = listeners.in(configuration);
    assertEquals(String.valueOf(listeners.ports().get("tcp_echo")), found.text("tcp_echo.port"));
    assertFalse(listeners.moved().containsKey("tcp_echo"));
  }

  @Test
  void aPortThatMovedIsMarkedWithTheOneItLeft() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      var settings = new LinkedHashMap<String, Setting>();
      Listeners.KEYS.stream()
          .filter(key -> !key.equals("tcp_echo.port"))
          .forEach(key -> settings.put(key, new Setting("0", "test")));
      var listeners = choose(Configuration.load(Sources.only(settings)));
      assertTrue(listeners.named("tcp_echo").orElseThrow().port() >= 7007);
      var opened = listeners.opened(taken.getLocalPort(), 1);
      assertEquals(taken.getLocalPort(), opened.ports().get("cluster"));
      assertEquals(1, opened.ports().get("bus"));
      assertEquals(listeners.ports().get("cluster"), opened.moved().get("cluster"));
    }
  }

  @Test
  void urlsNameThisMachineUnlessTheNodeIsOpen() {
    var closed = PublicUrls.of(choose(configuration(Map.of("node.verticles", "http2-server"))));
    assertEquals(2, closed.size());
    assertTrue(closed.get(0).matches("http://localhost:\\d+"), closed::toString);
    assertTrue(closed.get(1).matches("https://localhost:\\d+"), closed::toString);
    var open =
        PublicUrls.of(
            choose(configuration(Map.of("node.verticles", "http2-server", "bind", "0.0.0.0"))));
    assertTrue(open.size() >= 2, open::toString);
  }

  @Test
  void urlsOfAnOpenNodeBeginWhereOtherNetworksAreReachedAndEndAtThisMachine()
      throws SocketException {
    var listeners = choose(configuration(Map.of("node.verticles", "chat-hub", "bind", "0.0.0.0")));
    var expected =
        OwnAddresses.find().stream()
            .filter(Inet4Address.class::isInstance)
            .map(InetAddress::getHostAddress)
            .collect(Collectors.toCollection(ArrayList::new));
    expected.add("localhost");
    var hosts = PublicUrls.of(listeners).stream().map(url -> URI.create(url).getHost()).toList();
    assertEquals(expected, hosts);
  }
}
