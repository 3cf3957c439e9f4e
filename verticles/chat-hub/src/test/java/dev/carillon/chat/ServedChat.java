package dev.carillon.chat;

import dev.carillon.broker.MemoryPorts;
import dev.carillon.config.OptionReader;
import dev.carillon.hub.Hubs;
import dev.carillon.port.Ports;
import dev.carillon.session.ChannelOptions;
import dev.carillon.session.ClientOptions;
import dev.carillon.token.JwtVerifier;
import io.vertx.core.Vertx;
import java.util.Map;

/** The whole module on ports in memory, at a port of its own. */
record ServedChat(Vertx vertx, Ports ports, ChatHub hub, int port) implements AutoCloseable {

  static final ListenAddress ANY_PORT = new ListenAddress("127.0.0.1", 0);

  /** One whose options are the defaults but for these. */
  static ServedChat start(Map<String, ?> client, Map<String, ?> channels) {
    return start(
        Vertx.vertx(),
        OptionReader.read(ClientOptions.class, client),
        OptionReader.read(ChannelOptions.class, channels),
        OptionReader.defaults(WebSocketOptions.class));
  }

  static ServedChat start(
      Vertx vertx, ClientOptions client, ChannelOptions channels, WebSocketOptions sockets) {
    Ports ports = Wait.on(MemoryPorts.create(vertx));
    var hubs = new Hubs(vertx, ports, client, channels, new JwtVerifier(vertx, client.token()));
    var hub = new ChatHub(hubs, ports.membership(), client, sockets);
    var verticle = new ChatHubVerticle(hub, ANY_PORT);
    Wait.on(vertx.deployVerticle(verticle));
    return new ServedChat(vertx, ports, hub, verticle.actualPort());
  }

  @Override
  public void close() {
    Wait.on(vertx.close());
  }
}
