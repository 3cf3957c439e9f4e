package dev.carillon.session;

import dev.carillon.channel.Bytes;
import dev.carillon.protocol.CommandHandler;
import dev.carillon.protocol.ConnectRequest;
import dev.carillon.protocol.Disconnect;
import dev.carillon.protocol.ErrorCode;
import dev.carillon.protocol.HistoryRequest;
import dev.carillon.protocol.Pong;
import dev.carillon.protocol.PresenceRequest;
import dev.carillon.protocol.PresenceStatsRequest;
import dev.carillon.protocol.PublishRequest;
import dev.carillon.protocol.RefreshRequest;
import dev.carillon.protocol.Reply;
import dev.carillon.protocol.RpcRequest;
import dev.carillon.protocol.RpcResult;
import dev.carillon.protocol.SendRequest;
import dev.carillon.protocol.SubRefreshRequest;
import dev.carillon.protocol.SubscribeRequest;
import dev.carillon.protocol.UnsubscribeRequest;

/**
 * Takes each command to where it is worked on. A channel command without a channel is malformed.
 */
final class SessionCommands implements CommandHandler {

  private final Session session;
  private final Subscriptions subscriptions;
  private final Authentication authentication;
  private final SubscriptionRefresh refreshes;
  private final ChannelCommands channels;

  SessionCommands(Session session, Subscriptions subscriptions) {
    this.session = session;
    this.subscriptions = subscriptions;
    this.authentication = new Authentication(session, subscriptions);
    this.refreshes = new SubscriptionRefresh(session, subscriptions);
    this.channels = new ChannelCommands(session, subscriptions);
  }

  @Override
  public void connect(ConnectRequest request) {
    authentication.connect(request);
  }

  @Override
  public void refresh(RefreshRequest request) {
    authentication.refresh(request);
  }

  @Override
  public void subscribe(SubscribeRequest request) {
    if (isNamed(request.channel())) {
      SubscribeCommand.start(session, subscriptions, request);
    }
  }

  @Override
  public void subRefresh(SubRefreshRequest request) {
    if (isNamed(request.channel())) {
      refreshes.refresh(request);
    }
  }

  @Override
  public void unsubscribe(UnsubscribeRequest request) {
    if (isNamed(request.channel())) {
      subscriptions.unsubscribe(request);
    }
  }

  @Override
  public void publish(PublishRequest request) {
    if (isNamed(request.channel())) {
      channels.publish(request);
    }
  }

  @Override
  public void presence(PresenceRequest request) {
    if (isNamed(request.channel())) {
      channels.presence(request);
    }
  }

  @Override
  public void presenceStats(PresenceStatsRequest request) {
    if (isNamed(request.channel())) {
      channels.presenceStats(request);
    }
  }

  @Override
  public void history(HistoryRequest request) {
    if (isNamed(request.channel())) {
      channels.history(request);
    }
  }

  @Override
  public void rpc(RpcRequest request) {
    RpcOptions.Ping ping = session.settings().rpc().ping();
    if (!ping.enabled()) {
      session.refuse(request.id(), ErrorCode.NOT_AVAILABLE);
    } else if (request.method().equals(ping.method())) {
      session.done(new Reply(request.id(), new RpcResult(Bytes.EMPTY)));
    } else {
      session.refuse(request.id(), ErrorCode.METHOD_NOT_FOUND);
    }
  }

  @Override
  public void send(SendRequest request) {
    session.close(Disconnect.NOT_AVAILABLE);
  }

  @Override
  public void pong(Pong pong) {
    throw new IllegalStateException("pong in the queue (expected: handled on arrival)");
  }

  private boolean isNamed(String channel) {
    if (channel.isEmpty()) {
      session.close(Disconnect.BAD_REQUEST);
    }
    return !channel.isEmpty();
  }
}
