package dev.carillon.chat;

import dev.carillon.channel.Bytes;
import dev.carillon.gateway.Gateway;
import dev.carillon.gateway.Origins;
import dev.carillon.hub.ClientConnection;
import dev.carillon.hub.Hub;
import dev.carillon.hub.Hubs;
import dev.carillon.hub.Transport;
import dev.carillon.limit.ConnectionGate;
import dev.carillon.limit.ConnectionGate.Answer;
import dev.carillon.limit.ConnectionGate.Limits;
import dev.carillon.limit.Source;
import dev.carillon.port.Membership;
import dev.carillon.protocol.Encoding;
import dev.carillon.session.ClientOptions;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The WebSocket path of the Centrifuge protocol, for any HTTP server of this process. One object
 * serves all event loops; only the gate is shared by them.
 */
public final class ChatHub implements Gateway {

  public static final String PATH = "/connection/websocket";

  private static final Logger LOG = LoggerFactory.getLogger(ChatHub.class);

  private static final Handshake.Refused FENCED =
      new Handshake.Refused(
          503, "this node lost the cluster, try another one", Map.of("Retry-After", "1"));

  private final Hubs hubs;
  private final Membership membership;
  private final Origins origins;
  private final String userHeader;
  private final WebSocketOptions options;
  private final ConnectionGate gate;
  private final GateLog refusals = new GateLog(System.nanoTime());

  public ChatHub(Hubs hubs, Membership membership, ClientOptions client, WebSocketOptions options) {
    this.hubs = hubs;
    this.membership = membership;
    this.origins = new Origins(membership, client.allowedOrigins());
    this.userHeader = client.userIdHttpHeader();
    this.options = options;
    this.gate =
        new ConnectionGate(
            new Limits(client.connectionLimit(), client.connectionRateLimit()),
            new Limits(client.addressConnectionLimit(), client.addressConnectionRateLimit()),
            System.nanoTime());
  }

  @Override
  public String name() {
    return "chat-hub";
  }

  /** WebSockets that are open now, on all event loops. */
  public int connections() {
    return gate.connections();
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
    } else if (membership.isFenced()) {
      refuse(request, FENCED);
    } else if (!origins.allows(request.getHeader("Origin"))) {
      // Said to the operator, who may have forgotten a site of his own.
      LOG.info(
          "{}: refused, origin {} (expected: a URL of this cluster or one of"
              + " client.allowed_origins)",
          request.remoteAddress(),
          shown(request.getHeader("Origin")));
      refuse(request, new Handshake.Refused(403, "origin not allowed", Map.of()));
    } else if (users(request).size() > 1) {
      // Which of them the proxy has written can't be known.
      refuse(request, new Handshake.Refused(400, userHeader + " must come once", Map.of()));
    } else if (handshake instanceof Handshake.Accepted accepted) {
      admit(request, accepted, hub);
    }
  }

  private void admit(HttpServerRequest request, Handshake.Accepted accepted, Hub hub) {
    Source source = source(request);
    long now = System.nanoTime();
    Answer answer = gate.ask(source, now);
    if (answer == Answer.OPEN) {
      take(request, accepted, new Visitor(hub, source, user(request)));
    } else {
      Handshake.Refused refused = refused(answer);
      refusals.refused(answer, refused.status(), String.valueOf(request.remoteAddress()), now);
      refuse(request, refused);
    }
  }

  /** The node is to blame with 503, which tells a proxy to try another one, the client with 429. */
  private static Handshake.Refused refused(Answer limit) {
    Map<String, String> soon = Map.of("Retry-After", "1");
    return switch (limit) {
      case OPEN, CONNECTION_LIMIT -> new Handshake.Refused(503, "too many connections", Map.of());
      case CONNECTION_RATE_LIMIT ->
          new Handshake.Refused(503, "too many connections at once", soon);
      case ADDRESS_CONNECTION_LIMIT ->
          new Handshake.Refused(429, "too many connections of this address", Map.of());
      case ADDRESS_CONNECTION_RATE_LIMIT ->
          new Handshake.Refused(429, "too many connections of this address at once", soon);
    };
  }

  /** Null when nobody wants to know, and when the client has no address, on a local socket. */
  private @Nullable Source source(HttpServerRequest request) {
    String address = gate.countsAddresses() ? request.remoteAddress().hostAddress() : null;
    return address == null ? null : Source.of(address);
  }

  private List<String> users(HttpServerRequest request) {
    return userHeader.isEmpty() ? List.of() : request.headers().getAll(userHeader);
  }

  /** Who the proxy in front of us says it is; empty when it says nothing. */
  private String user(HttpServerRequest request) {
    List<String> users = users(request);
    return users.isEmpty() ? "" : users.get(0);
  }

  /** A stranger decides what stands here and how long it is. */
  private static String shown(String origin) {
    return origin.length() > 200 ? origin.substring(0, 200) + "..." : origin;
  }

  private void take(HttpServerRequest request, Handshake.Accepted accepted, Visitor visitor) {
    Encoding encoding = accepted.encoding();
    WebSocketTakeover.begin(request)
        .complete(
            accepted.headers(),
            new WebSocketReader(
                transport -> new Talk(visitor, transport, encoding),
                options,
                framing(encoding),
                accepted.pingFrames()));
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
   * Who wants to connect, and where.
   *
   * @param source see {@link #source}
   * @param user see {@link #user}
   */
  private record Visitor(Hub hub, @Nullable Source source, String user) {}

  /** The client connection of the hub, counted. */
  private final class Talk implements WebSocketReader.Conversation {
    private final ClientConnection client;
    private final @Nullable Source source;

    Talk(Visitor visitor, Transport transport, Encoding encoding) {
      this.client = visitor.hub().open(transport, encoding, visitor.user());
      this.source = visitor.source();
      gate.opened(source, System.nanoTime());
    }

    @Override
    public void received(byte[] message) {
      client.received(message);
    }

    @Override
    public void ponged() {
      client.ponged();
    }

    @Override
    public void stuck() {
      client.stuck();
    }

    @Override
    public void closed() {
      gate.closed(source, System.nanoTime());
      client.closed();
    }
  }
}
