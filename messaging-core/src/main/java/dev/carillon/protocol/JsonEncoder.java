package dev.carillon.protocol;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.ChannelEvent;
import dev.carillon.channel.ClientInfo;
import dev.carillon.channel.Join;
import dev.carillon.channel.Leave;
import dev.carillon.channel.Publication;
import dev.carillon.channel.StreamPosition;
import java.util.Map;

/**
 * One reply or push as JSON. Zero values are left out, but where the SDKs rely on them
 * (docs/PROTOCOL.md, "JSON").
 */
final class JsonEncoder implements ResultHandler, PushHandler {

  private final JsonFields out = new JsonFields();

  Bytes reply(Reply reply) throws ProtocolException {
    out.begin().always("id", reply.id());
    reply.result().dispatch(this);
    return out.end().encoded();
  }

  Bytes push(Push push) throws ProtocolException {
    out.begin().begin("push").text("channel", push.channel());
    push.dispatch(this);
    return out.end().end().encoded();
  }

  @Override
  public void event(EventPush push) {
    ChannelEvent event = push.event();
    if (event instanceof Publication publication) {
      out.name("pub").publication(publication);
    } else if (event instanceof Join join) {
      out.begin("join").name("info").info(join.info()).end();
    } else {
      out.begin("leave").name("info").info(((Leave) event).info()).end();
    }
  }

  @Override
  public void delta(DeltaPush push) {
    out.name("pub").sent(push.publication());
  }

  @Override
  public void subscribe(SubscribePush push) {
    out.begin("subscribe").flag("recoverable", push.recoverable());
    out.text("epoch", push.position().epoch()).number("offset", push.position().offset());
    out.flag("positioned", push.positioned()).raw("data", push.data()).end();
  }

  @Override
  public void unsubscribe(UnsubscribePush push) {
    out.begin("unsubscribe").number("code", push.code().code());
    out.text("reason", push.code().reason()).end();
  }

  @Override
  public void message(MessagePush push) {
    out.begin("message").raw("data", push.data()).end();
  }

  @Override
  public void disconnect(DisconnectPush push) {
    out.begin("disconnect").number("code", push.disconnect().code());
    out.text("reason", push.disconnect().reason()).end();
  }

  @Override
  public void refresh(RefreshPush push) {
    out.begin("refresh").expiry(push.ttl()).end();
  }

  @Override
  public void error(ErrorResult result) {
    out.begin("error").number("code", result.code().code());
    out.text("message", result.code().message());
    out.flag("temporary", result.code().temporary()).end();
  }

  @Override
  public void connect(ConnectResult result) {
    out.begin("connect").text("client", result.client()).text("version", result.version());
    out.expiry(result.ttl()).raw("data", result.data());
    if (!result.subs().isEmpty()) {
      out.begin("subs");
      for (Map.Entry<String, SubscribeResult> sub : result.subs().entrySet()) {
        subscription(sub.getKey(), sub.getValue());
      }
      out.end();
    }
    out.number("ping", result.ping()).flag("pong", result.pong());
    out.text("session", result.session()).text("node", result.node());
    out.number("time", result.time()).end();
  }

  @Override
  public void refresh(RefreshResult result) {
    out.begin("refresh").expiry(result.ttl()).end();
  }

  @Override
  public void subscribe(SubscribeResult result) {
    subscription("subscribe", result);
  }

  private void subscription(String name, SubscribeResult result) {
    out.begin(name).expiry(result.ttl()).flag("recoverable", result.recoverable());
    out.flag("positioned", result.positioned()).text("epoch", result.position().epoch());
    out.number("offset", result.position().offset());
    out.flag("was_recovering", result.wasRecovering()).flag("recovered", result.recovered());
    out.sent(result.publications()).flag("delta", result.delta()).raw("data", result.data());
    out.end();
  }

  @Override
  public void subRefresh(SubRefreshResult result) {
    out.begin("sub_refresh").expiry(result.ttl()).end();
  }

  @Override
  public void unsubscribe(UnsubscribeResult result) {
    out.begin("unsubscribe").end();
  }

  @Override
  public void publish(PublishResult result) {
    out.begin("publish").end();
  }

  @Override
  public void presence(PresenceResult result) {
    out.begin("presence").begin("presence");
    for (Map.Entry<String, ClientInfo> entry : result.presence().entrySet()) {
      out.name(entry.getKey()).info(entry.getValue());
    }
    out.end().end();
  }

  @Override
  public void presenceStats(PresenceStatsResult result) {
    out.begin("presence_stats").always("num_clients", result.stats().clients());
    out.always("num_users", result.stats().users()).end();
  }

  @Override
  public void history(HistoryResult result) {
    StreamPosition top = result.history().top();
    out.begin("history").publications(result.history().publications());
    out.always("epoch", top.epoch()).always("offset", top.offset()).end();
  }

  @Override
  public void rpc(RpcResult result) {
    out.begin("rpc").raw("data", result.data()).end();
  }
}
