package dev.carillon.session.simulation;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.StreamPosition;
import dev.carillon.channel.SubscriptionGrant;
import dev.carillon.protocol.Command;
import dev.carillon.protocol.ConnectRequest;
import dev.carillon.protocol.Disconnect;
import dev.carillon.protocol.HistoryRequest;
import dev.carillon.protocol.Pong;
import dev.carillon.protocol.PresenceRequest;
import dev.carillon.protocol.PublishRequest;
import dev.carillon.protocol.RefreshRequest;
import dev.carillon.protocol.RpcRequest;
import dev.carillon.protocol.SubRefreshRequest;
import dev.carillon.protocol.SubscribeRequest;
import dev.carillon.protocol.TagsFilter;
import dev.carillon.protocol.UnsubscribeRequest;
import dev.carillon.session.ServerSide;
import dev.carillon.session.Session;
import dev.carillon.token.Verification;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A user with an SDK: it comes and goes, remembers positions, and renews its tokens or does not.
 */
final class SimulatedClient {

  static final List<String> CHANNELS = List.of("chat:a", "chat:b", "live:c", "cache:d");

  private static final TagsFilter EVEN =
      new TagsFilter("", "parity", "eq", "even", List.of(), List.of());

  private final String user;
  private final SimulatedWorld world;
  private final Map<String, StreamPosition> known = new HashMap<>();

  // Of the current connection.
  private int connections;
  private @Nullable Session session;
  private Witness witness;
  private SimulatedNode node;
  private Set<String> granted = Set.of();

  private long ids;
  private long published;

  /** When the session was last told the time. */
  private long heardAt;

  SimulatedClient(String user, SimulatedWorld world) {
    this.user = user;
    this.world = world;
    this.witness = new Witness(user, world, known);
    this.node = new SimulatedNode(user, world, witness);
    witness.hangUp();
  }

  SimulatedNode node() {
    return node;
  }

  /** One thing that a user or a network does. */
  void act() {
    Session current = session;
    if (current == null || witness.isOver()) {
      open();
      return;
    }
    switch (world.choices.below(16)) {
      case 0, 1, 2 -> send(current, subscribe());
      case 3 -> send(current, new UnsubscribeRequest(++ids, channel()));
      case 4, 5, 6, 7 -> send(current, publish());
      case 8 -> send(current, publish(), subscribe());
      case 9, 10, 11 -> answerPing(current);
      case 12 -> send(current, refresh());
      case 13 -> send(current, subRefresh());
      case 14 -> send(current, question());
      default -> hangUp(current);
    }
  }

  /** One thing that the server is ordered to do to the client. */
  void obey() {
    Session current = session;
    if (current == null || !node.isConnected()) {
      return;
    }
    ServerSide server = current.serverSide();
    switch (world.choices.below(10)) {
      case 0 -> {
        if (world.choices.once(4)) {
          witness.orders().close(SeenOrders.DISCONNECT);
          current.close(SeenOrders.DISCONNECT);
        }
      }
      case 1, 2 -> end(server, channel());
      case 3 -> {
        witness.endsAll();
        server.unsubscribe("");
      }
      case 4, 5, 6, 7 -> subscribe(server, channel());
      default -> refresh(server);
    }
  }

  private void end(ServerSide server, String channel) {
    witness.orders().end(channel);
    server.unsubscribe(channel);
  }

  private void subscribe(ServerSide server, String channel) {
    Duration validFor = validFor();
    witness.orders().subscribe(channel, validFor, heardAt);
    StreamPosition since = world.choices.once(2) ? known.get(channel) : null;
    server.subscribe(channel, SubscriptionGrant.PLAIN, validFor, since);
  }

  private void refresh(ServerSide server) {
    if (world.choices.once(8)) {
      witness.orders().close(Disconnect.CONNECTION_EXPIRED);
      server.expire();
      return;
    }
    Duration validFor = validFor();
    witness.expires(heardAt, validFor == null ? 0 : validFor.toSeconds());
    server.refresh(validFor, world.choices.once(2) ? Bytes.utf8("{}") : null);
  }

  private void hangUp(Session current) {
    if (world.choices.once(3)) {
      node.hangUp();
      witness.hangUp();
      current.closed();
    }
  }

  private void answerPing(Session current) {
    if (witness.isPinged()) {
      witness.pongs();
      heardAt = world.now;
      current.received(List.of(Pong.PONG), world.now);
    }
  }

  /** Connects, as the SDKs do with what it was subscribed to in the same frame. */
  private void open() {
    if (session != null && !session.isClosed()) {
      // Its connect was refused.
      node.hangUp();
      session.closed();
    }
    // What the old connection asked for goes on, but nobody hears of it.
    String client = user + "/" + ++connections;
    witness = new Witness(client, world, known);
    node = new SimulatedNode(client, world, witness);
    var fresh = new Session(client, world.settings, node, world.now, 0.5);
    node.serves(fresh);
    session = fresh;
    send(fresh, connect(), subscribe());
  }

  private ConnectRequest connect() {
    granted = new TreeSet<>();
    for (String channel : CHANNELS) {
      if (world.choices.once(5)) {
        granted.add(channel);
      }
    }
    String token =
        world.choices.once(20)
            ? world.tokens.connection(new Verification.Expired<>())
            : world.tokens.connection(user, granted, validFor());
    Map<String, SubscribeRequest> positions = new HashMap<>();
    for (String channel : granted) {
      if (known.containsKey(channel)) {
        positions.put(channel, recover(0, channel, ""));
      }
    }
    return new ConnectRequest(++ids, token, Bytes.EMPTY, positions, "sdk", "1", Map.of(), 0);
  }

  private @Nullable Duration validFor() {
    return world.choices.once(3) ? Duration.ofSeconds(1 + world.choices.below(20)) : null;
  }

  private void send(Session current, Command... commands) {
    for (Command command : commands) {
      witness.sends(command);
    }
    heardAt = world.now;
    current.received(List.of(commands), world.now);
  }

  private Command subscribe() {
    String channel = channel();
    if (witness.isSubscribed(channel) && !world.choices.once(8)) {
      return publish();
    }
    return recover(++ids, channel, world.choices.once(4) ? token(channel) : "");
  }

  private SubscribeRequest recover(long id, String channel, String token) {
    StreamPosition since = known.get(channel);
    boolean delta = world.choices.once(4);
    boolean filter = id > 0 && !delta && world.choices.once(4);
    return new SubscribeRequest(
        id,
        channel,
        token,
        since != null,
        since == null ? StreamPosition.NONE : since,
        false,
        true,
        true,
        world.choices.once(3) ? SubscribeRequest.REJECT_UNRECOVERED : 0,
        delta ? "fossil" : "",
        filter ? EVEN : null,
        0,
        Bytes.EMPTY);
  }

  private String token(String channel) {
    return switch (world.choices.below(12)) {
      case 0 -> world.tokens.subscription(new Verification.Expired<>());
      case 1 -> world.tokens.subscription(new Verification.Unknown<>("key out of reach"));
      default -> world.tokens.subscription(user, channel, validFor());
    };
  }

  private Command publish() {
    return new PublishRequest(++ids, channel(), Bytes.utf8(user + ++published), 0);
  }

  private Command refresh() {
    String token =
        switch (world.choices.below(16)) {
          case 0 -> world.tokens.connection(new Verification.Expired<>());
          case 1 -> world.tokens.connection(user, Set.of("chat:a", "live:c"), null);
          case 2 -> world.tokens.connection(user + "'s friend", granted, null);
          default -> world.tokens.connection(user, granted, validFor());
        };
    return new RefreshRequest(++ids, token);
  }

  private Command subRefresh() {
    String channel = channel();
    if (granted.contains(channel) && !world.choices.once(8)) {
      return question();
    }
    String token = world.choices.once(8) ? "" : token(channel);
    return new SubRefreshRequest(++ids, channel, token);
  }

  private Command question() {
    return switch (world.choices.below(3)) {
      case 0 -> new HistoryRequest(++ids, channel(), -1, null, false);
      case 1 -> new PresenceRequest(++ids, channel());
      default -> new RpcRequest(++ids, "m", Bytes.EMPTY);
    };
  }

  private String channel() {
    return world.choices.of(CHANNELS);
  }

  void tick() {
    Session current = session;
    if (current != null && !current.isClosed()) {
      heardAt = world.now;
      current.tick(world.now);
      witness.ticked();
    }
  }

  void checkAtRest() {
    witness.checkAtRest();
  }
}
