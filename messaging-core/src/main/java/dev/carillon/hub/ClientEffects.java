package dev.carillon.hub;

import dev.carillon.channel.ChannelEvent;
import dev.carillon.channel.ClientInfo;
import dev.carillon.channel.History;
import dev.carillon.channel.HistoryQuery;
import dev.carillon.channel.Join;
import dev.carillon.channel.Leave;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.PresenceStats;
import dev.carillon.channel.Publication;
import dev.carillon.channel.StreamOptions;
import dev.carillon.channel.StreamPosition;
import dev.carillon.port.PublicationTooLarge;
import dev.carillon.protocol.ConnectResult;
import dev.carillon.protocol.Disconnect;
import dev.carillon.protocol.ErrorCode;
import dev.carillon.protocol.ErrorResult;
import dev.carillon.protocol.ProtocolException;
import dev.carillon.protocol.Push;
import dev.carillon.protocol.Reply;
import dev.carillon.session.Departure;
import dev.carillon.session.Effects;
import dev.carillon.session.Outcome;
import dev.carillon.session.Subscriber;
import dev.carillon.token.ConnectionToken;
import dev.carillon.token.SubscriptionToken;
import dev.carillon.token.Verification;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a session asks for, done with the transport of its client and the ports of the node. */
final class ClientEffects implements Effects {

  private final ClientConnection connection;
  private final Hub hub;

  // Owned by the event loop of the hub. Ends when all presence operations before have ended.
  private Future<?> presence = Future.succeededFuture();

  ClientEffects(ClientConnection connection, Hub hub) {
    this.connection = connection;
    this.hub = hub;
  }

  @Override
  public void reply(Reply reply) {
    if (reply.result() instanceof ErrorResult error) {
      hub.meters().error(error.code());
    }
    try {
      connection.sendOwn(new Frame(connection.protocol().encode(timed(reply))));
    } catch (ProtocolException unsayable) {
      connection.unsayable(unsayable);
    }
  }

  private Reply timed(Reply reply) {
    return reply.result() instanceof ConnectResult result
            && hub.settings().client().connectIncludeServerTime()
        ? new Reply(reply.id(), result.withTime(System.currentTimeMillis()))
        : reply;
  }

  @Override
  public void push(Push push) {
    try {
      connection.sendOwn(new Frame(connection.protocol().encode(push)));
    } catch (ProtocolException unsayable) {
      connection.unsayable(unsayable);
    }
  }

  @Override
  public void deliver(String channel, ChannelEvent event) {
    try {
      connection.send(
          hub.frames().of(connection.protocol(), connection.encoding(), channel, event));
    } catch (ProtocolException unsayable) {
      connection.unsayable(unsayable);
    } catch (RuntimeException mistake) {
      connection.broken(mistake);
    }
  }

  @Override
  public void deliverDelta(String channel, Publication publication, @Nullable Publication base) {
    try {
      SharedFrames frames = hub.frames();
      connection.send(
          frames.after(base, publication, channel, connection.protocol(), connection.encoding()));
    } catch (ProtocolException unsayable) {
      connection.unsayable(unsayable);
    } catch (RuntimeException mistake) {
      connection.broken(mistake);
    }
  }

  @Override
  public void withheld() {
    hub.traffic().withheld++;
  }

  @Override
  public void ping() {
    connection.ping();
  }

  @Override
  public void reading(boolean wanted) {
    connection.reading(wanted);
  }

  @Override
  public void close(Disconnect disconnect) {
    connection.close(disconnect);
  }

  @Override
  public boolean admit(String user, int limit) {
    return hub.users().admit(user, connection, limit);
  }

  @Override
  public void admitAlone(String user) {
    hub.users().admitAlone(user, connection);
  }

  @Override
  public void connected() {
    connection.session(session -> hub.connected(connection, session.info().user()));
  }

  @Override
  public void verifyConnection(String token, Consumer<Verification<ConnectionToken>> answer) {
    settle(hub.tokens().connection(token, seconds()), answer);
  }

  @Override
  public void verifySubscription(String token, Consumer<Verification<SubscriptionToken>> answer) {
    settle(hub.tokens().subscription(token, seconds()), answer);
  }

  private <T> void settle(Future<Verification<T>> verification, Consumer<Verification<T>> answer) {
    verification.onComplete(
        outcome -> resume(() -> settle(outcome, answer)),
        // Without an answer the client would wait until it is stale, which SDKs take for the end.
        mistake -> resume(() -> connection.broken(new IllegalStateException("token", mistake))));
  }

  private <T> void settle(Verification<T> verification, Consumer<Verification<T>> answer) {
    connection.explain(
        verification instanceof Verification.Invalid<T> invalid ? invalid.why() : "");
    answer.accept(verification);
    connection.explain("");
  }

  private static long seconds() {
    return System.currentTimeMillis() / 1_000;
  }

  @Override
  public void open(Subscriber subscriber, StreamOptions options, Outcome<Void> outcome) {
    settle("subscribe", hub.subscribe(subscriber, options), outcome);
  }

  @Override
  public void shut(Subscriber subscriber) {
    hub.unsubscribe(subscriber);
  }

  @Override
  public void publish(
      String channel,
      NewPublication publication,
      StreamOptions options,
      Outcome<StreamPosition> outcome) {
    hub.traffic().publications++;
    settle("publish", hub.ports().broker().publish(channel, publication, options), outcome);
  }

  @Override
  public void history(
      String channel, HistoryQuery query, StreamOptions options, Outcome<History> outcome) {
    settle("history", hub.ports().broker().history(channel, query, options), outcome);
  }

  @Override
  public void presence(String channel, Outcome<Map<String, ClientInfo>> outcome) {
    settle("presence", inOrder(() -> hub.ports().presence().presence(channel)), outcome);
  }

  @Override
  public void presenceStats(String channel, Outcome<PresenceStats> outcome) {
    settle("presence stats", inOrder(() -> hub.ports().presence().stats(channel)), outcome);
  }

  @Override
  public void enter(String channel, ClientInfo info, boolean announced, Outcome<Void> outcome) {
    settle(
        "add presence",
        inOrder(() -> hub.ports().presence().add(channel, info, announced)),
        outcome);
  }

  @Override
  public void announce(String channel, Join join) {
    // Behind the leave of a subscription before it.
    if (presence.isComplete()) {
      hub.ports().broker().spread(channel, join);
    } else {
      presence = presence.andThen(ended -> hub.ports().broker().spread(channel, join));
    }
  }

  @Override
  public void exit(Departure departure, Runnable done) {
    // A Promise, because the departure is over on the event loop of the hub only.
    Promise<Void> over = Promise.promise();
    hub.ports().connections().departing(over.future());
    Future<Boolean> removed =
        inOrder(
            () ->
                departure.presence()
                    ? hub.ports().presence().remove(departure.channel(), departure.info().client())
                    : Future.succeededFuture(true));
    removed
        .onFailure(cause -> hub.run(() -> hub.failures().failed("remove presence", cause)))
        // Who was not there any more has been said to have left.
        .otherwise(false)
        .onSuccess(there -> resume(() -> left(departure, there, over, done)));
  }

  private void left(Departure departure, boolean there, Promise<Void> over, Runnable done) {
    if (departure.leave() && there) {
      hub.ports().broker().spread(departure.channel(), new Leave(departure.info()));
    }
    over.complete();
    done.run();
  }

  private <T> Future<T> inOrder(Supplier<Future<T>> operation) {
    Future<T> next = presence.transform(before -> operation.get());
    presence = next;
    return next;
  }

  private <T> void settle(String operation, Future<T> future, Outcome<T> outcome) {
    future.onComplete(
        value -> resume(() -> outcome.succeeded(value)),
        cause -> resume(() -> failed(operation, cause, outcome)));
  }

  /** Goes on with the session, on its event loop. */
  private void resume(Runnable step) {
    hub.run(
        () -> {
          try {
            step.run();
          } catch (RuntimeException mistake) {
            connection.broken(mistake);
          }
        });
  }

  private void failed(String operation, Throwable cause, Outcome<?> outcome) {
    if (cause instanceof PublicationTooLarge) {
      outcome.refused(ErrorCode.LIMIT_EXCEEDED);
      return;
    }
    hub.failures().failed(operation, cause);
    outcome.failed();
  }
}
