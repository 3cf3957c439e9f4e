package dev.carillon.protocol;

import com.google.protobuf.ByteString;
import dev.carillon.channel.Bytes;
import dev.carillon.channel.ClientInfo;
import dev.carillon.channel.Join;
import dev.carillon.channel.Leave;
import dev.carillon.channel.Publication;
import dev.carillon.protocol.SentPublication.Form;
import dev.carillon.protocol.contract.Nothing;
import dev.carillon.protocol.contract.Push.Disconnected;
import dev.carillon.protocol.contract.Push.Message;
import dev.carillon.protocol.contract.Push.Transition;
import dev.carillon.protocol.contract.Push.Unsubscribed;
import dev.carillon.protocol.contract.Reply.Answer;
import dev.carillon.protocol.contract.Reply.Connected;
import dev.carillon.protocol.contract.Reply.History;
import dev.carillon.protocol.contract.Reply.Presence;
import dev.carillon.protocol.contract.Reply.PresenceStats;
import dev.carillon.protocol.contract.Reply.Refreshed;
import dev.carillon.protocol.contract.Reply.SubRefreshed;
import dev.carillon.protocol.contract.Reply.Subscribed;

/** Replies and pushes as the classes hold them that are generated from client.proto. */
final class ContractReply implements ResultHandler, PushHandler {

  private final dev.carillon.protocol.contract.Reply.Builder reply =
      dev.carillon.protocol.contract.Reply.newBuilder();
  private final dev.carillon.protocol.contract.Push.Builder push =
      dev.carillon.protocol.contract.Push.newBuilder();

  static dev.carillon.protocol.contract.Reply of(Reply reply) {
    var contract = new ContractReply();
    contract.reply.setId((int) reply.id());
    reply.result().dispatch(contract);
    return contract.reply.build();
  }

  static dev.carillon.protocol.contract.Reply of(Push push) {
    var contract = new ContractReply();
    contract.push.setChannel(push.channel());
    push.dispatch(contract);
    return contract.reply.setPush(contract.push).build();
  }

  @Override
  public void error(ErrorResult result) {
    reply
        .getErrorBuilder()
        .setCode(result.code().code())
        .setMessage(result.code().message())
        .setTemporary(result.code().temporary());
  }

  @Override
  public void connect(ConnectResult result) {
    Connected.Builder connect =
        reply
            .getConnectBuilder()
            .setClient(result.client())
            .setVersion(result.version())
            .setExpires(result.ttl() > 0)
            .setTtl((int) result.ttl())
            .setData(bytes(result.data()))
            .setPing((int) result.ping())
            .setPong(result.pong())
            .setSession(result.session())
            .setNode(result.node())
            .setTime(result.time());
    result.subs().forEach((channel, sub) -> connect.putSubs(channel, subscribed(sub)));
  }

  @Override
  public void subscribe(SubscribeResult result) {
    reply.setSubscribe(subscribed(result));
  }

  private static Subscribed subscribed(SubscribeResult result) {
    return Subscribed.newBuilder()
        .setExpires(result.ttl() > 0)
        .setTtl((int) result.ttl())
        .setRecoverable(result.recoverable())
        .setEpoch(result.position().epoch())
        .addAllPublications(result.publications().stream().map(ContractReply::sent).toList())
        .setRecovered(result.recovered())
        .setOffset(result.position().offset())
        .setPositioned(result.positioned())
        .setData(bytes(result.data()))
        .setWasRecovering(result.wasRecovering())
        .setDelta(result.delta())
        .build();
  }

  @Override
  public void unsubscribe(UnsubscribeResult result) {
    reply.setUnsubscribe(Nothing.getDefaultInstance());
  }

  @Override
  public void publish(PublishResult result) {
    reply.setPublish(Nothing.getDefaultInstance());
  }

  @Override
  public void presence(PresenceResult result) {
    var presence = Presence.newBuilder();
    result.presence().forEach((client, info) -> presence.putPresence(client, info(info)));
    reply.setPresence(presence);
  }

  @Override
  public void presenceStats(PresenceStatsResult result) {
    reply.setPresenceStats(
        PresenceStats.newBuilder()
            .setNumClients(result.stats().clients())
            .setNumUsers(result.stats().users()));
  }

  @Override
  public void history(HistoryResult result) {
    var history = History.newBuilder();
    result.history().publications().forEach(p -> history.addPublications(publication(p)));
    history.setEpoch(result.history().top().epoch()).setOffset(result.history().top().offset());
    reply.setHistory(history);
  }

  @Override
  public void rpc(RpcResult result) {
    reply.setRpc(Answer.newBuilder().setData(bytes(result.data())));
  }

  @Override
  public void refresh(RefreshResult result) {
    reply.setRefresh(
        Refreshed.newBuilder().setExpires(result.ttl() > 0).setTtl((int) result.ttl()));
  }

  @Override
  public void subRefresh(SubRefreshResult result) {
    reply.setSubRefresh(
        SubRefreshed.newBuilder().setExpires(result.ttl() > 0).setTtl((int) result.ttl()));
  }

  @Override
  public void event(EventPush event) {
    if (event.event() instanceof Publication publication) {
      push.setPub(publication(publication));
    } else if (event.event() instanceof Join join) {
      push.setJoin(Transition.newBuilder().setInfo(info(join.info())));
    } else if (event.event() instanceof Leave leave) {
      push.setLeave(Transition.newBuilder().setInfo(info(leave.info())));
    }
  }

  @Override
  public void delta(DeltaPush delta) {
    push.setPub(sent(delta.publication()));
  }

  @Override
  public void subscribe(SubscribePush subscribe) {
    push.setSubscribe(
        dev.carillon.protocol.contract.Push.Subscribed.newBuilder()
            .setRecoverable(subscribe.recoverable())
            .setEpoch(subscribe.position().epoch())
            .setOffset(subscribe.position().offset())
            .setPositioned(subscribe.positioned())
            .setData(bytes(subscribe.data())));
  }

  @Override
  public void unsubscribe(UnsubscribePush unsubscribe) {
    push.setUnsubscribe(
        Unsubscribed.newBuilder()
            .setCode(unsubscribe.code().code())
            .setReason(unsubscribe.code().reason()));
  }

  @Override
  public void message(MessagePush message) {
    push.setMessage(Message.newBuilder().setData(bytes(message.data())));
  }

  @Override
  public void disconnect(DisconnectPush disconnect) {
    push.setDisconnect(
        Disconnected.newBuilder()
            .setCode(disconnect.disconnect().code())
            .setReason(disconnect.disconnect().reason()));
  }

  @Override
  public void refresh(RefreshPush refresh) {
    push.setRefresh(
        dev.carillon.protocol.contract.Push.Refreshed.newBuilder()
            .setExpires(refresh.ttl() > 0)
            .setTtl((int) refresh.ttl()));
  }

  private static dev.carillon.protocol.contract.Publication sent(SentPublication sent) {
    var publication = publication(sent.publication());
    return sent.form() == Form.PATCH
        ? publication.setData(bytes(sent.patch())).setDelta(true).build()
        : publication.build();
  }

  private static dev.carillon.protocol.contract.Publication.Builder publication(Publication of) {
    var publication =
        dev.carillon.protocol.contract.Publication.newBuilder()
            .setData(bytes(of.data()))
            .setOffset(of.offset())
            .setEpoch(of.offset() == 1 ? of.epoch() : "")
            .putAllTags(of.tags());
    ClientInfo info = of.info();
    return info == null ? publication : publication.setInfo(info(info));
  }

  private static dev.carillon.protocol.contract.ClientInfo info(ClientInfo info) {
    return dev.carillon.protocol.contract.ClientInfo.newBuilder()
        .setUser(info.user())
        .setClient(info.client())
        .setConnInfo(bytes(info.connInfo()))
        .setChanInfo(bytes(info.chanInfo()))
        .build();
  }

  private static ByteString bytes(Bytes bytes) {
    return ByteString.copyFrom(bytes.array());
  }
}
