package dev.carillon.session.simulation;

import dev.carillon.channel.ChannelEvent;
import dev.carillon.channel.ClientInfo;
import dev.carillon.channel.History;
import dev.carillon.channel.HistoryQuery;
import dev.carillon.channel.Join;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.PresenceStats;
import dev.carillon.channel.Publication;
import dev.carillon.channel.StreamOptions;
import dev.carillon.channel.StreamPosition;
import dev.carillon.protocol.Disconnect;
import dev.carillon.protocol.Push;
import dev.carillon.protocol.Reply;
import dev.carillon.session.Departure;
import dev.carillon.session.Effects;
import dev.carillon.session.Outcome;
import dev.carillon.session.Session;
import dev.carillon.session.Subscriber;
import dev.carillon.token.ConnectionToken;
import dev.carillon.token.SubscriptionToken;
import dev.carillon.token.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one session asks for. Everything asked takes effect and is answered when chance says so; it
 * may fail before or after it took effect. Some things can't be said to the client, which closes
 * the session while it says them.
 */
final class SimulatedNode implements Effects {

  private final String client;
  private final SimulatedWorld world;
  private final Witness witness;
  private final List<Runnable> steps = new ArrayList<>();
  private @Nullable Session session;
  private boolean connected;
  private boolean closed;

  SimulatedNode(String client, SimulatedWorld world, Witness witness) {
    this.client = client;
    this.world = world;
    this.witness = witness;
  }

  void serves(Session session) {
    this.session = session;
  }

  /** The socket is gone: nothing can be sent any more. */
  void hangUp() {
    closed = true;
  }

  boolean hasSteps() {
    return !steps.isEmpty();
  }

  /** Lets one of the things go on that were asked for. */
  void step() {
    if (hasSteps()) {
      steps.remove(world.choices.below(steps.size())).run();
    }
  }

  SimulatedFeed feed(String channel) {
    return world.stream(channel).feeds.computeIfAbsent(client, fresh -> new SimulatedFeed());
  }

  private <T> void later(Supplier<T> effect, Outcome<T> outcome) {
    checkOpen(outcome);
    steps.add(
        () -> {
          if (world.choices.once(40)) {
            outcome.failed();
            return;
          }
          T value = effect.get();
          boolean fails = world.choices.once(40);
          steps.add(
              () -> {
                if (fails) {
                  outcome.failed();
                } else {
                  outcome.succeeded(value);
                }
              });
        });
  }

  private void checkOpen(Object what) {
    if (closed) {
      throw new AssertionError(client + ": " + what + " after the close");
    }
  }

  /** Something was said, or could not be said to a client that speaks JSON. */
  private void said(Runnable saying) {
    if (world.faults && world.choices.once(100) && session != null) {
      witness.unsayable();
      session.close(Disconnect.INAPPROPRIATE_PROTOCOL);
    } else {
      saying.run();
    }
  }

  @Override
  public void reply(Reply reply) {
    checkOpen(reply);
    said(() -> witness.reply(reply));
  }

  @Override
  public void push(Push push) {
    checkOpen(push);
    said(() -> witness.push(push));
  }

  @Override
  public void deliver(String channel, ChannelEvent event) {
    checkOpen(event);
    said(() -> witness.event(channel, event));
  }

  @Override
  public void deliverDelta(String channel, Publication publication, @Nullable Publication base) {
    checkOpen(publication);
    said(() -> witness.delta(channel, publication, base));
  }

  @Override
  public void withheld() {}

  @Override
  public void ping() {
    checkOpen("ping");
    witness.ping();
  }

  @Override
  public void reading(boolean wanted) {
    checkOpen("reading");
  }

  @Override
  public void close(Disconnect disconnect) {
    checkOpen(disconnect);
    closed = true;
    witness.closed(disconnect);
  }

  @Override
  public boolean admit(String user, int limit) {
    throw new AssertionError(user + " (expected: no rule asks for it)");
  }

  @Override
  public void admitAlone(String user) {
    throw new AssertionError(user + " (expected: no rule asks for it)");
  }

  @Override
  public void connected() {
    connected = true;
  }

  /** Whether orders find the client. */
  boolean isConnected() {
    return connected && !closed;
  }

  @Override
  public void verifyConnection(String token, Consumer<Verification<ConnectionToken>> answer) {
    verify(() -> answer.accept(world.tokens.connection(token)));
  }

  @Override
  public void verifySubscription(String token, Consumer<Verification<SubscriptionToken>> answer) {
    verify(() -> answer.accept(world.tokens.subscription(token)));
  }

  private void verify(Runnable verification) {
    checkOpen("a token to verify");
    if (world.choices.once(2)) {
      steps.add(verification);
    } else {
      verification.run();
    }
  }

  @Override
  public void open(Subscriber subscriber, StreamOptions options, Outcome<Void> outcome) {
    SimulatedFeed feed = feed(subscriber.channel());
    if (feed.subscriber != null) {
      throw new AssertionError(client + ": " + subscriber.channel() + " opened twice");
    }
    feed.subscriber = subscriber;
    later(
        () -> {
          if (feed.subscriber == subscriber) {
            feed.attached = true;
            feed.lost = false;
          }
          return null;
        },
        outcome);
  }

  @Override
  public void shut(Subscriber subscriber) {
    SimulatedFeed feed = feed(subscriber.channel());
    if (feed.subscriber == subscriber) {
      feed.subscriber = null;
      feed.attached = false;
    }
  }

  @Override
  public void publish(
      String channel,
      NewPublication publication,
      StreamOptions options,
      Outcome<StreamPosition> outcome) {
    later(() -> world.stream(channel).append(publication), outcome);
  }

  @Override
  public void history(
      String channel, HistoryQuery query, StreamOptions options, Outcome<History> outcome) {
    later(() -> world.stream(channel).read(query), outcome);
  }

  @Override
  public void presence(String channel, Outcome<Map<String, ClientInfo>> outcome) {
    later(Map::of, outcome);
  }

  @Override
  public void presenceStats(String channel, Outcome<PresenceStats> outcome) {
    later(() -> new PresenceStats(0, 0), outcome);
  }

  /** Presence takes effect in order, so it does so at once; only the answer comes later. */
  @Override
  public void enter(String channel, ClientInfo info, boolean announced, Outcome<Void> outcome) {
    world.stream(channel).present.add(client);
    later(() -> null, outcome);
  }

  @Override
  public void announce(String channel, Join join) {
    checkOpen(join);
    if (!world.stream(channel).joined.add(client)) {
      throw new AssertionError(client + ": joined " + channel + " twice");
    }
  }

  @Override
  public void exit(Departure departure, Runnable done) {
    SimulatedStream stream = world.stream(departure.channel());
    if (departure.presence() && !stream.present.remove(client)) {
      throw new AssertionError(client + ": removed from " + departure.channel() + " twice");
    }
    if (departure.leave() && !stream.joined.remove(client)) {
      throw new AssertionError(client + ": left " + departure.channel() + " without a join");
    }
    steps.add(done);
  }
}
