package dev.carillon.session;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.History;
import dev.carillon.channel.HistoryQuery;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.StreamPosition;
import dev.carillon.protocol.ErrorCode;
import dev.carillon.protocol.HistoryRequest;
import dev.carillon.protocol.HistoryResult;
import dev.carillon.protocol.PresenceRequest;
import dev.carillon.protocol.PresenceResult;
import dev.carillon.protocol.PresenceStatsRequest;
import dev.carillon.protocol.PresenceStatsResult;
import dev.carillon.protocol.PublishRequest;
import dev.carillon.protocol.PublishResult;
import dev.carillon.protocol.Reply;
import dev.carillon.protocol.Result;
import dev.carillon.text.JsonText;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Publish, history and presence. A feature that the namespace does not have is "not available" to
 * everybody; only then permissions are asked (docs/PROTOCOL.md, "Permissions").
 */
final class ChannelCommands {

  private final Session session;
  private final Effects effects;
  private final Subscriptions subscriptions;

  ChannelCommands(Session session, Subscriptions subscriptions) {
    this.session = session;
    this.effects = session.effects();
    this.subscriptions = subscriptions;
  }

  void publish(PublishRequest request) {
    Namespace namespace = namespace(request.id(), request.channel());
    if (namespace == null) {
      return;
    }
    Subscription subscription = subscriptions.live(request.channel());
    if (request.type() != 0) {
      refuse(request.id(), ErrorCode.NOT_AVAILABLE);
    } else if (!accepts(namespace, request.data())) {
      refuse(request.id(), ErrorCode.BAD_REQUEST);
    } else if (!session.permissions().publish(namespace, subscription != null)) {
      refuse(request.id(), ErrorCode.PERMISSION_DENIED);
    } else {
      var info = subscription == null ? session.info() : subscriptions.info(subscription);
      effects.publish(
          request.channel(),
          new NewPublication(request.data(), info, Map.of(), ""),
          namespace.stream(),
          answer(request.id(), position -> new PublishResult()));
    }
  }

  private static boolean accepts(Namespace namespace, Bytes data) {
    // Asked for every format, so that it is found out here, once, before the publication spreads.
    boolean json = data.isJson();
    return switch (namespace.format()) {
      case "json" -> json;
      case "json_object" -> json && JsonText.isObject(data.array());
      case "binary" -> true;
      default -> !data.isEmpty();
    };
  }

  void presence(PresenceRequest request) {
    if (mayAskForPresence(request.id(), request.channel())) {
      effects.presence(request.channel(), answer(request.id(), PresenceResult::new));
    }
  }

  void presenceStats(PresenceStatsRequest request) {
    if (mayAskForPresence(request.id(), request.channel())) {
      effects.presenceStats(request.channel(), answer(request.id(), PresenceStatsResult::new));
    }
  }

  private boolean mayAskForPresence(long id, String channel) {
    Namespace namespace = namespace(id, channel);
    if (namespace == null) {
      return false;
    }
    boolean subscribed = subscriptions.live(channel) != null;
    if (!namespace.options().presence()) {
      refuse(id, ErrorCode.NOT_AVAILABLE);
    } else if (!session.permissions().presence(namespace, subscribed)) {
      refuse(id, ErrorCode.PERMISSION_DENIED);
    } else {
      return true;
    }
    return false;
  }

  void history(HistoryRequest request) {
    Namespace namespace = namespace(request.id(), request.channel());
    if (namespace == null) {
      return;
    }
    boolean subscribed = subscriptions.live(request.channel()) != null;
    StreamPosition since = request.since();
    if (!namespace.keepsHistory()) {
      refuse(request.id(), ErrorCode.NOT_AVAILABLE);
    } else if (!session.permissions().history(namespace, subscribed)) {
      refuse(request.id(), ErrorCode.PERMISSION_DENIED);
    } else if (request.reverse() && since != null && since.offset() == 0) {
      refuse(request.id(), ErrorCode.BAD_REQUEST);
    } else {
      effects.history(
          request.channel(),
          new HistoryQuery(since, limit(request), request.reverse()),
          namespace.stream(),
          session.outcome(history -> read(request, history), () -> fail(request.id())));
    }
  }

  private int limit(HistoryRequest request) {
    int max = session.settings().client().historyMaxPublicationLimit();
    return request.limit() < 0 ? max : Math.min(request.limit(), max);
  }

  private void read(HistoryRequest request, History history) {
    StreamPosition since = request.since();
    if (since != null && !since.epoch().isEmpty() && !since.sameEpoch(history.top())) {
      refuse(request.id(), ErrorCode.UNRECOVERABLE_POSITION);
    } else {
      session.done(new Reply(request.id(), new HistoryResult(history)));
    }
  }

  /** The namespace of a well-named channel; answers the command when there is none. */
  private @Nullable Namespace namespace(long id, String channel) {
    Namespaces namespaces = session.settings().namespaces();
    Namespace namespace = namespaces.of(channel);
    if (Namespaces.isReserved(channel)) {
      refuse(id, ErrorCode.PERMISSION_DENIED);
    } else if (namespace == null) {
      refuse(id, ErrorCode.UNKNOWN_CHANNEL);
    } else if (namespaces.tooLong(channel) || !namespaces.wellNamed(namespace, channel)) {
      refuse(id, ErrorCode.BAD_REQUEST);
    } else {
      return namespace;
    }
    return null;
  }

  private <T> Outcome<T> answer(long id, Function<T, Result> result) {
    return session.explained(
        value -> session.done(new Reply(id, result.apply(value))), why -> refuse(id, why));
  }

  private void fail(long id) {
    refuse(id, ErrorCode.INTERNAL);
  }

  private void refuse(long id, ErrorCode code) {
    session.refuse(id, code);
  }
}
