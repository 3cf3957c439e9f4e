package dev.carillon.session.simulation;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.ChannelEvent;
import dev.carillon.channel.Publication;
import dev.carillon.channel.StreamPosition;
import dev.carillon.protocol.Command;
import dev.carillon.protocol.ConnectRequest;
import dev.carillon.protocol.Disconnect;
import dev.carillon.protocol.ErrorResult;
import dev.carillon.protocol.EventPush;
import dev.carillon.protocol.Pong;
import dev.carillon.protocol.PublishRequest;
import dev.carillon.protocol.Push;
import dev.carillon.protocol.Reply;
import dev.carillon.protocol.SentPublication;
import dev.carillon.protocol.SubscribeRequest;
import dev.carillon.protocol.SubscribeResult;
import dev.carillon.protocol.UnsubscribeRequest;
import dev.carillon.session.Session;
import dev.carillon.session.SessionSettings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A user with an SDK that believes nothing: it comes and goes, remembers positions, and checks each
 * reply and push against what was published.
 */
final class SimulatedClient {

  /** After these the session has detected that something was lost, or an answer came too late. */
  private static final Set<Disconnect> HONEST =
      Set.of(Disconnect.INSUFFICIENT_STATE, Disconnect.NO_PONG, Disconnect.STALE);

  private final String user;
  private final SessionSettings settings;
  private final Map<String, SimulatedStream> streams;
  private final Choices choices;
  private final Map<String, StreamPosition> known = new HashMap<>();

  /** What happened at least once in this schedule. */
  private final Set<String> seen;

  // Of the current connection.
  private int connections;
  private @Nullable Session session;
  private SimulatedNode node;
  private final Deque<Command> unanswered = new ArrayDeque<>();
  private final Map<String, StreamPosition> subscribed = new HashMap<>();
  private boolean pinged;
  private long ids;
  private long published;

  SimulatedClient(
      String user,
      SessionSettings settings,
      Map<String, SimulatedStream> streams,
      Choices choices,
      Set<String> seen) {
    this.user = user;
    this.settings = settings;
    this.streams = streams;
    this.choices = choices;
    this.seen = seen;
    this.node = new SimulatedNode(user, streams, choices, this);
  }

  Bytes info() {
    return Bytes.EMPTY;
  }

  SimulatedNode node() {
    return node;
  }

  /** One thing that a user or a network does. */
  void act(List<String> channels, long now) {
    Session current = session;
    if (current == null) {
      open(channels, now);
      return;
    }
    switch (choices.below(8)) {
      case 0, 1 -> send(current, now, subscribe(choices.of(channels)));
      case 2 -> send(current, now, unsubscribe(choices.of(channels)));
      case 3, 4 -> send(current, now, publish(choices.of(channels)));
      case 5 -> send(current, now, publish(choices.of(channels)), subscribe(choices.of(channels)));
      case 6 -> answerPing(current, now);
      default -> {
        if (choices.once(3)) {
          current.closed();
          gone();
        }
      }
    }
  }

  private void answerPing(Session current, long now) {
    if (pinged) {
      pinged = false;
      current.received(List.of(Pong.PONG), now);
    }
  }

  /** Connects, as the SDKs do with what it was subscribed to in the same frame. */
  private void open(List<String> channels, long now) {
    // What the old connection asked for goes on, but nobody hears of it.
    String client = user + "/" + ++connections;
    node = new SimulatedNode(client, streams, choices, this);
    var fresh = new Session(client, settings, node, now, 0.5);
    session = fresh;
    send(fresh, now, new ConnectRequest(++ids, "token", "sdk", "1"), subscribe(channels.get(0)));
  }

  private void send(Session current, long now, Command... commands) {
    for (Command command : commands) {
      unanswered.add(command);
    }
    current.received(List.of(commands), now);
  }

  private SubscribeRequest subscribe(String channel) {
    StreamPosition since = known.get(channel);
    return new SubscribeRequest(
        ++ids,
        channel,
        "",
        since != null,
        since == null ? StreamPosition.NONE : since,
        false,
        true,
        true,
        choices.once(4) ? SubscribeRequest.REJECT_UNRECOVERED : 0,
        "",
        null,
        0,
        Bytes.EMPTY);
  }

  private UnsubscribeRequest unsubscribe(String channel) {
    return new UnsubscribeRequest(++ids, channel);
  }

  private PublishRequest publish(String channel) {
    return new PublishRequest(++ids, channel, Bytes.utf8(user + ++published), 0);
  }

  void tick(long now) {
    Session current = session;
    if (current != null) {
      current.tick(now);
    }
  }

  void reply(Reply reply) {
    Command command = unanswered.poll();
    if (command == null || command.id() != reply.id()) {
      throw new AssertionError(user + ": " + reply + " (expected: for " + command + ")");
    }
    if (reply.result() instanceof ErrorResult) {
      return;
    }
    if (command instanceof SubscribeRequest request) {
      started(request, (SubscribeResult) reply.result());
    } else if (command instanceof UnsubscribeRequest request) {
      subscribed.remove(request.channel());
    }
  }

  private void started(SubscribeRequest request, SubscribeResult result) {
    StreamPosition position = result.position();
    if (request.recover() != result.wasRecovering()) {
      throw new AssertionError(user + ": " + result + " for " + request);
    }
    if (result.recovered() && position.offset() != request.since().offset()) {
      throw new AssertionError(user + ": recovered from another position: " + result);
    }
    if (!result.recovered() && !result.publications().isEmpty()) {
      throw new AssertionError(user + ": publications without recovery: " + result);
    }
    if (result.wasRecovering()) {
      seen.add(result.recovered() ? "recovered" : "not recovered");
    }
    if (!result.publications().isEmpty()) {
      seen.add("recovered publications");
    }
    subscribed.put(request.channel(), position);
    for (SentPublication sent : result.publications()) {
      advance(request.channel(), sent.publication());
    }
    known.put(request.channel(), position(request.channel()));
  }

  void push(Push push) {
    if (!(push instanceof EventPush event)) {
      if (subscribed.remove(push.channel()) == null) {
        throw new AssertionError(user + ": " + push + " without a subscription");
      }
      seen.add("insufficient");
      return;
    }
    ChannelEvent what = event.event();
    if (what instanceof Publication publication) {
      advance(push.channel(), publication);
      known.put(push.channel(), position(push.channel()));
      seen.add("live");
    }
  }

  /** The next offset in the same epoch, and what was published there: nothing else is accepted. */
  private void advance(String channel, Publication publication) {
    StreamPosition last = position(channel);
    boolean next =
        publication.offset() == last.offset() + 1 && publication.epoch().equals(last.epoch());
    if (!next || !stream(channel).isGenuine(publication)) {
      throw new AssertionError(user + ": " + channel + " " + publication + " after " + last);
    }
    subscribed.put(channel, publication.position());
  }

  private StreamPosition position(String channel) {
    StreamPosition position = subscribed.get(channel);
    if (position == null) {
      throw new AssertionError(user + ": push of " + channel + " before its reply");
    }
    return position;
  }

  private SimulatedStream stream(String channel) {
    return streams.getOrDefault(channel, new SimulatedStream());
  }

  void ping() {
    if (pinged) {
      throw new AssertionError(user + ": two pings without a pong between them");
    }
    pinged = true;
  }

  void closed(Disconnect disconnect) {
    if (!HONEST.contains(disconnect)) {
      throw new AssertionError(user + ": closed with " + disconnect);
    }
    seen.add("closed with " + disconnect);
    gone();
  }

  private void gone() {
    session = null;
    unanswered.clear();
    subscribed.clear();
    pinged = false;
  }

  /** Everything that was under way has arrived. */
  void checkAtRest() {
    if (session != null && !unanswered.isEmpty()) {
      throw new AssertionError(user + ": no reply to " + unanswered);
    }
    for (Map.Entry<String, SimulatedStream> each : new ArrayList<>(streams.entrySet())) {
      checkAtRest(each.getKey(), each.getValue());
    }
  }

  private void checkAtRest(String channel, SimulatedStream stream) {
    String client = user + "/" + connections;
    StreamPosition position = subscribed.get(channel);
    boolean in = position != null;
    if (in != stream.present.containsKey(client) || in != stream.joined.containsKey(client)) {
      throw new AssertionError(client + ": in " + channel + ": " + in + ", seen otherwise");
    }
    SimulatedFeed feed = stream.feeds.get(client);
    boolean silentLoss = feed == null || feed.lost || !position(stream, position);
    if (in && !silentLoss && !stream.position().equals(position)) {
      throw new AssertionError(
          client + ": at " + position + " of " + channel + " (expected: " + stream.position());
    }
  }

  /** A stream that was lost and not published to since looks alright to its subscribers. */
  private static boolean position(SimulatedStream stream, @Nullable StreamPosition position) {
    return position != null && position.sameEpoch(stream.position());
  }
}
