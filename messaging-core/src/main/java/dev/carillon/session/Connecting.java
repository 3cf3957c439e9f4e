package dev.carillon.session;

import dev.carillon.channel.SubscriptionGrant;
import dev.carillon.protocol.ConnectRequest;
import dev.carillon.protocol.ConnectResult;
import dev.carillon.protocol.Disconnect;
import dev.carillon.protocol.ErrorCode;
import dev.carillon.protocol.Refusal;
import dev.carillon.protocol.Reply;
import dev.carillon.protocol.SubscribeRequest;
import dev.carillon.protocol.SubscribeResult;
import dev.carillon.session.Agreement.Origin;
import dev.carillon.token.ConnectionToken;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One connect on its way, once it is known who the client is: the channels that it gets by
 * connecting, then the reply, which says how each of them begins (docs/PROTOCOL.md, "Server-side
 * subscriptions").
 */
final class Connecting {

  /** A channel and what its subscription begins with. */
  private record Planned(Agreement agreement, SubscribeRequest request, SubscriptionGrant grant) {}

  private final Session session;
  private final Subscriptions subscriptions;
  private final ConnectRequest request;
  private final Expiry expiry;
  private final Map<String, Planned> plan = new LinkedHashMap<>();
  private final List<Subscribing> started = new ArrayList<>(0);
  private int unready;

  Connecting(Session session, Subscriptions subscriptions, ConnectRequest request, Expiry expiry) {
    this.session = session;
    this.subscriptions = subscriptions;
    this.request = request;
    this.expiry = expiry;
  }

  void start(ConnectionToken token) {
    Refusal refusal = planGranted(token);
    if (refusal == null) {
      refusal = planPersonal(token);
    }
    if (refusal == null) {
      refusal = planWishes();
    }
    if (refusal == null) {
      refusal = limit(token);
    }
    if (refusal != null) {
      session.refuseConnect(request.id(), refusal);
    } else {
      subscribe();
    }
  }

  private @Nullable Refusal planGranted(ConnectionToken token) {
    for (Map.Entry<String, SubscriptionGrant> each : token.subs().entrySet()) {
      Namespaces namespaces = session.settings().namespaces();
      Namespace namespace = namespaces.of(each.getKey());
      if (namespace == null || !namespaces.isGrantable(each.getKey(), token)) {
        return ErrorCode.UNKNOWN_CHANNEL;
      }
      plan(each.getKey(), namespace, each.getValue(), Origin.TOKEN);
    }
    return null;
  }

  private @Nullable Refusal planPersonal(ConnectionToken token) {
    PersonalChannelOptions options = personal();
    String user = session.info().user();
    if (options.enabled() && !user.isEmpty() && !token.console()) {
      String channel = options.channel(user);
      Namespace namespace = session.settings().namespaces().of(channel);
      if (namespace == null) {
        return ErrorCode.UNKNOWN_CHANNEL;
      }
      plan(channel, namespace, SubscriptionGrant.PLAIN, Origin.SERVER);
    }
    return null;
  }

  /** What the client could subscribe to anyway; the rest of its wishes is ignored. */
  private @Nullable Refusal planWishes() {
    Namespaces namespaces = session.settings().namespaces();
    for (String channel : request.subs().keySet()) {
      Namespace namespace = namespaces.of(channel);
      if (namespace == null) {
        return Disconnect.BAD_REQUEST;
      }
      if (!plan.containsKey(channel)
          && !namespaces.tooLong(channel)
          && namespaces.wellNamed(namespace, channel)
          && session.permissions().subscribe(namespace, channel)) {
        plan(channel, namespace, SubscriptionGrant.PLAIN, Origin.SERVER);
      }
    }
    return null;
  }

  private void plan(String channel, Namespace namespace, SubscriptionGrant grant, Origin origin) {
    SubscribeRequest wish = request.subs().getOrDefault(channel, SubscribeRequest.of(0, channel));
    Agreement agreement = Agreement.ofServer(channel, origin, wish, namespace, grant.override());
    plan.put(channel, new Planned(agreement, wish, grant));
  }

  private @Nullable Refusal limit(ConnectionToken token) {
    ClientOptions options = session.settings().client();
    if (!token.console() && !isAdmitted(options.userConnectionLimit())) {
      return Disconnect.CONNECTION_LIMIT;
    }
    return plan.size() > options.channelLimit() ? Disconnect.CHANNEL_LIMIT : null;
  }

  private boolean isAdmitted(int limit) {
    String user = session.info().user();
    if (user.isEmpty()) {
      return true;
    }
    if (personal().enabled() && personal().singleConnection()) {
      session.effects().admitAlone(user);
      return true;
    }
    return limit == 0 || session.effects().admit(user, limit);
  }

  private PersonalChannelOptions personal() {
    return session.settings().client().subscribeToUserPersonalChannel();
  }

  private void subscribe() {
    unready = plan.size();
    if (unready == 0) {
      reply();
    }
    for (Planned planned : plan.values()) {
      if (session.isClosed()) {
        return;
      }
      var channel = planned.agreement().channel();
      var subscribing = new Subscribing(session, subscriptions, channel, planned.request());
      started.add(subscribing);
      subscribing.begin(
          planned.agreement(),
          planned.grant(),
          Expiry.NEVER,
          session.outcome(ready -> ready(), this::failed));
    }
  }

  private void ready() {
    if (--unready == 0) {
      reply();
    }
  }

  private void failed() {
    session.close(Disconnect.INTERNAL_SERVER_ERROR);
  }

  private void reply() {
    Map<String, SubscribeResult> results = new LinkedHashMap<>();
    for (Subscribing subscribing : started) {
      SubscribeResult result = subscribing.result();
      if (result == null) {
        session.close(Disconnect.INSUFFICIENT_STATE);
        return;
      }
      results.put(subscribing.channel(), result);
    }
    session.connected(expiry);
    session.effects().reply(new Reply(request.id(), result().withSubs(results)));
    started.forEach(Subscribing::goLive);
    session.done();
  }

  private ConnectResult result() {
    boolean pings = !session.keepalive().isApart();
    return new ConnectResult(
        session.info().client(),
        session.settings().version(),
        expiry.ttl(),
        pings ? session.settings().client().pingInterval().toSeconds() : 0,
        pings);
  }
}
