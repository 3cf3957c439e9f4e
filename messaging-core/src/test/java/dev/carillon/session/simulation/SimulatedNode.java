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
import dev.carillon.protocol.EventPush;
import dev.carillon.protocol.Push;
import dev.carillon.protocol.Reply;
import dev.carillon.session.Departure;
import dev.carillon.session.Effects;
import dev.carillon.session.Outcome;
import dev.carillon.session.Subscriber;
import dev.carillon.token.ConnectionToken;
import dev.carillon.token.SubscriptionToken;
import dev.carillon.token.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What one session asks for. Everything asked takes effect and is answered when chance says so; it
 * may fail before or after it took effect.
 */
final class SimulatedNode implements Effects {

  private final String client;
  private final Map<String, SimulatedStream> streams;
  private final Choices choices;
  private final SimulatedClient receiver;
  private final List<Runnable> steps = new ArrayList<>();
  boolean closed;

  SimulatedNode(
      String client,
      Map<String, SimulatedStream> streams,
      Choices choices,
      SimulatedClient receiver) {
    this.client = client;
    this.streams = streams;
    this.choices = choices;
    this.receiver = receiver;
  }

  boolean hasSteps() {
    return !steps.isEmpty();
  }

  /** Lets one of the things go on that were asked for. */
  void step() {
    if (hasSteps()) {
      steps.remove(choices.below(steps.size())).run();
    }
  }

  SimulatedFeed feed(String channel) {
    return stream(channel).feeds.computeIfAbsent(client, fresh -> new SimulatedFeed());
  }

  private SimulatedStream stream(String channel) {
    return streams.computeIfAbsent(channel, fresh -> new SimulatedStream());
  }

  private <T> void later(Supplier<T> effect, Outcome<T> outcome) {
    steps.add(
        () -> {
          if (choices.once(40)) {
            outcome.failed();
            return;
          }
          T value = effect.get();
          boolean fails = choices.once(40);
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

  @Override
  public void reply(Reply reply) {
    checkOpen(reply);
    receiver.reply(reply);
  }

  @Override
  public void push(Push push) {
    checkOpen(push);
    receiver.push(push);
  }

  @Override
  public void deliver(String channel, ChannelEvent event) {
    push(new EventPush(channel, event));
  }

  @Override
  public void deliverDelta(String channel, Publication publication, boolean patch) {
    throw new AssertionError("nobody asked for it");
  }

  @Override
  public boolean admit(String user, int limit) {
    return true;
  }

  @Override
  public void endOthers(String user) {}

  @Override
  public void ping() {
    checkOpen("ping");
    receiver.ping();
  }

  @Override
  public void reading(boolean wanted) {
    checkOpen("reading");
  }

  @Override
  public void close(Disconnect disconnect) {
    checkOpen(disconnect);
    closed = true;
    receiver.closed(disconnect);
  }

  @Override
  public void verifyConnection(String token, Consumer<Verification<ConnectionToken>> answer) {
    var valid = new Verification.Valid<>(new ConnectionToken(client, receiver.info(), null));
    boolean late = choices.once(2);
    if (late) {
      steps.add(() -> answer.accept(valid));
    } else {
      answer.accept(valid);
    }
  }

  @Override
  public void verifySubscription(String token, Consumer<Verification<SubscriptionToken>> answer) {
    steps.add(() -> answer.accept(new Verification.Invalid<>("none is given")));
  }

  @Override
  public void open(Subscriber subscriber, StreamOptions options, Outcome<Void> outcome) {
    SimulatedFeed feed = feed(subscriber.channel());
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
    later(() -> stream(channel).append(publication), outcome);
  }

  @Override
  public void history(
      String channel, HistoryQuery query, StreamOptions options, Outcome<History> outcome) {
    later(() -> stream(channel).read(query), outcome);
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
  public void enter(String channel, ClientInfo info, Outcome<Void> outcome) {
    stream(channel).present.put(client, true);
    later(() -> null, outcome);
  }

  @Override
  public void announce(String channel, Join join) {
    if (stream(channel).joined.put(client, true) != null) {
      throw new AssertionError(client + ": joined " + channel + " twice");
    }
  }

  @Override
  public void exit(Departure departure, Runnable done) {
    SimulatedStream stream = stream(departure.channel());
    if (departure.presence() && stream.present.remove(client) == null) {
      throw new AssertionError(client + ": removed from " + departure.channel() + " twice");
    }
    if (departure.leave() && stream.joined.remove(client) == null) {
      throw new AssertionError(client + ": left " + departure.channel() + " without a join");
    }
    steps.add(done);
  }
}
