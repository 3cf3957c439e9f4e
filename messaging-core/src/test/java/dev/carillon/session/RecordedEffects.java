package dev.carillon.session;

import dev.carillon.channel.Bytes;
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
import dev.carillon.token.ConnectionToken;
import dev.carillon.token.SubscriptionToken;
import dev.carillon.token.Verification;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Everything a session asked for, in order, with answers to be given by the test. What is sent to
 * the client is in {@code sent}, what is asked of the node waits in {@code asked}.
 */
final class RecordedEffects implements Effects {

  /** One effect whose outcome the test decides. */
  record Asked<T>(String what, Outcome<T> outcome) {}

  /** A publication in {@code sent}, for a subscription with delta compression. */
  record Delta(String channel, Publication publication, @Nullable Publication base) {}

  /** A ping in {@code sent}. */
  static final Object PING = "ping";

  final List<Object> sent = new ArrayList<>();
  final Deque<Asked<?>> asked = new ArrayDeque<>();
  final Map<String, Subscriber> open = new HashMap<>();
  final List<String> others = new ArrayList<>();
  final Map<String, Verification<ConnectionToken>> connectionTokens = new HashMap<>();
  final Map<String, Verification<SubscriptionToken>> subscriptionTokens = new HashMap<>();
  final Deque<Runnable> lateVerifications = new ArrayDeque<>();
  boolean verifyLate;

  /** Other connections of the user to this node. */
  int connections;

  boolean reading = true;
  boolean isConnected;
  @Nullable Disconnect closed;

  @Override
  public void reply(Reply reply) {
    send(reply);
  }

  @Override
  public void push(Push push) {
    send(push);
  }

  @Override
  public void deliver(String channel, ChannelEvent event) {
    send(new EventPush(channel, event));
  }

  @Override
  public void deliverDelta(String channel, Publication publication, @Nullable Publication base) {
    send(new Delta(channel, publication, base));
  }

  @Override
  public void withheld() {
    others.add("withheld");
  }

  @Override
  public void ping() {
    send(PING);
  }

  private void send(Object what) {
    if (closed != null) {
      throw new AssertionError(what + " after " + closed);
    }
    sent.add(what);
  }

  @Override
  public void reading(boolean wanted) {
    reading = wanted;
  }

  @Override
  public void close(Disconnect disconnect) {
    if (closed != null) {
      throw new AssertionError(disconnect + " after " + closed);
    }
    closed = disconnect;
  }

  @Override
  public boolean admit(String user, int limit) {
    others.add("admit " + user + " " + limit);
    return connections < limit;
  }

  @Override
  public void admitAlone(String user) {
    others.add("admit " + user + " alone");
  }

  @Override
  public void connected() {
    isConnected = true;
  }

  @Override
  public void verifyConnection(String token, Consumer<Verification<ConnectionToken>> answer) {
    verify(
        () ->
            answer.accept(
                connectionTokens.getOrDefault(token, new Verification.Invalid<>("unknown"))));
  }

  @Override
  public void verifySubscription(String token, Consumer<Verification<SubscriptionToken>> answer) {
    verify(
        () ->
            answer.accept(
                subscriptionTokens.getOrDefault(token, new Verification.Invalid<>("unknown"))));
  }

  private void verify(Runnable verification) {
    if (verifyLate) {
      lateVerifications.add(verification);
    } else {
      verification.run();
    }
  }

  @Override
  public void open(Subscriber subscriber, StreamOptions options, Outcome<Void> outcome) {
    open.put(subscriber.channel(), subscriber);
    asked.add(new Asked<>("open " + subscriber.channel(), outcome));
  }

  @Override
  public void shut(Subscriber subscriber) {
    open.remove(subscriber.channel(), subscriber);
  }

  @Override
  public void publish(
      String channel,
      NewPublication publication,
      StreamOptions options,
      Outcome<StreamPosition> outcome) {
    ClientInfo info = Objects.requireNonNull(publication.info());
    String who = info.user() + info.chanInfo().asUtf8();
    asked.add(
        new Asked<>(
            "publish " + channel + " " + publication.data().asUtf8() + " by " + who, outcome));
  }

  @Override
  public void history(
      String channel, HistoryQuery query, StreamOptions options, Outcome<History> outcome) {
    asked.add(new Asked<>("history " + channel + " " + query, outcome));
  }

  @Override
  public void presence(String channel, Outcome<Map<String, ClientInfo>> outcome) {
    asked.add(new Asked<>("presence " + channel, outcome));
  }

  @Override
  public void presenceStats(String channel, Outcome<PresenceStats> outcome) {
    asked.add(new Asked<>("stats " + channel, outcome));
  }

  @Override
  public void enter(String channel, ClientInfo info, boolean announced, Outcome<Void> outcome) {
    others.add("enter " + channel + " " + shown(info));
    asked.add(new Asked<>("enter " + channel, outcome));
  }

  @Override
  public void announce(String channel, Join join) {
    others.add("join " + channel + " " + shown(join.info()));
  }

  @Override
  public void exit(Departure departure, Runnable done) {
    String what = (departure.presence() ? "exit " : "") + (departure.leave() ? "leave " : "");
    others.add(what + departure.channel() + " " + shown(departure.info()));
    asked.add(
        new Asked<>(
            "exit " + departure.channel(),
            new Outcome<Void>() {
              @Override
              public void succeeded(Void value) {
                done.run();
              }

              @Override
              public void failed() {
                done.run();
              }
            }));
  }

  private static String shown(ClientInfo info) {
    Bytes conn = info.connInfo();
    return info.user() + conn.asUtf8() + info.chanInfo().asUtf8();
  }

  Subscriber subscriber(String channel) {
    return Objects.requireNonNull(open.get(channel), channel);
  }

  /** Answers the oldest question, which must begin with this text; null is the answer to most. */
  @SuppressWarnings({"unchecked", "NullAway"})
  <T> void answer(String what, @Nullable T value) {
    ((Outcome<T>) next(what)).succeeded(value);
  }

  void fail(String what) {
    next(what).failed();
  }

  private Outcome<?> next(String what) {
    Asked<?> next = asked.poll();
    if (next == null || !next.what().startsWith(what)) {
      throw new AssertionError("asked " + next + " (expected: " + what + ")");
    }
    return next.outcome();
  }

  /** What was sent since the last call. */
  List<Object> take() {
    List<Object> taken = List.copyOf(sent);
    sent.clear();
    return taken;
  }
}
