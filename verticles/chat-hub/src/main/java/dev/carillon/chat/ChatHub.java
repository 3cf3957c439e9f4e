package dev.carillon.chat;

import dev.carillon.channel.Bytes;
import dev.carillon.gateway.Gateway;
import dev.carillon.gateway.Origins;
import dev.carillon.hub.ClientConnection;
import dev.carillon.hub.Hub;
import dev.carillon.hub.Hubs;
import dev.carillon.hub.Transport;
import dev.carillon.port.Membership;
import dev.carillon.protocol.Encoding;
import dev.carillon.session.ClientOptions;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The WebSocket path of the Centrifuge protocol, for any HTTP server of this process. One object
 * serves all event loops; only the count of connections is shared by them.
 */
public final class ChatHub implements Gateway {

  public static final String PATH = "/connection/websocket";

  private static final Logger LOG = LoggerFactory.getLogger(ChatHub.class);

  private final Hubs hubs;
  private final Origins origins;
  private final int connectionLimit;
  private final WebSocketOptions options;

  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicBoolean wasFull = new AtomicBoolean();

  public ChatHub(Hubs hubs, Membership membership, ClientOptions client, WebSocketOptions options) {
    this.hubs = hubs;
    this.origins = new Origins(membership, client.allowedOrigins());
    this.connectionLimit = client.connectionLimit();
    this.options = options;
  }

  @Override
  public String name() {
    return "chat-hub";
  }

  /** WebSockets that are open now, on all event loops. */
  public int connections() {
    return connections.get();
  }

  @Override
  public void mount(Router router, Context context) {
    Hub hub = hubs.here();
    router.route(PATH).handler(routing -> upgrade(routing.request(), hub));
  }

  private void upgrade(HttpServerRequest request, Hub hub) {
    var handshake =
        Handshake.of(request.method(), request.version(), request.headers(), request.query());
    if (handshake instanceof Handshake.Refused refused) {
      refuse(request, refused);
    } else if (!origins.allows(request.getHeader("Origin"))) {
      // Said to the operator, who may have forgotten a site of his own.
      LOG.info(
          "{}: refused, origin {} (expected: a URL of this cluster or one of"
              + " client.allowed_origins)",
          request.remoteAddress(),
          shown(request.getHeader("Origin")));
      refuse(request, new Handshake.Refused(403, "origin not allowed", Map.of()));
    } else if (isFull()) {
      refuse(request, new Handshake.Refused(503, "too many connections", Map.of()));
    } else if (handshake instanceof Handshake.Accepted accepted) {
      take(request, accepted, hub);
    }
  }

  /** A stranger decides what stands here and how long it is. */
  private static String shown(String origin) {
    return origin.length() > 200 ? origin.substring(0, 200) + "..." : origin;
  }

  private void take(HttpServerRequest request, Handshake.Accepted accepted, Hub hub) {
    Encoding encoding = accepted.encoding();
    WebSocketTakeover.begin(request)
        .complete(
            accepted.headers(),
            new WebSocketReader(
                transport -> new Talk(hub, transport, encoding), options, framing(encoding)));
  }

  private static Function<Bytes, ByteBuf> framing(Encoding encoding) {
    return switch (encoding) {
      case JSON -> FrameEncoder::text;
      case PROTOBUF -> FrameEncoder::binary;
    };
  }

  private static void refuse(HttpServerRequest request, Handshake.Refused refused) {
    HttpServerResponse response = request.response().setStatusCode(refused.status());
    refused.headers().forEach(response::putHeader);
    response.putHeader("Content-Type", "text/plain; charset=utf-8").end(refused.reason() + "\n");
  }

  /**
   * Counts when a socket is taken over, not when it is asked for, so that one that vanishes in
   * between takes no place; upgrades at the same moment on several event loops may go over by one
   * each.
   */
  private boolean isFull() {
    boolean full = connectionLimit > 0 && connections.get() >= connectionLimit;
    if (full && wasFull.compareAndSet(false, true)) {
      LOG.warn("WebSockets refused with 503, client.connection_limit is {}", connectionLimit);
    }
    return full;
  }

  /** The client connection of the hub, counted. */
  private final class Talk implements WebSocketReader.Conversation {
    private final ClientConnection client;

    Talk(Hub hub, Transport transport, Encoding encoding) {
      this.client = hub.open(transport, encoding);
      connections.incrementAndGet();
    }

    @Override
    public void received(byte[] message) {
      client.received(message);
    }

    @Override
    public void closed() {
      connections.decrementAndGet();
      wasFull.set(false);
      client.closed();
    }
  }
}
