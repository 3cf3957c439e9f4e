package dev.carillon.protocol;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.ChannelEvent;
import dev.carillon.channel.ClientInfo;
import dev.carillon.channel.Join;
import dev.carillon.channel.Leave;
import dev.carillon.channel.Publication;
import dev.carillon.channel.StreamPosition;
import dev.carillon.json.JsonWriter;
import dev.carillon.protocol.SentPublication.Form;
import dev.carillon.text.Utf8;
import java.util.Map;

/**
 * One reply or push as JSON. Zero values are left out, but where the SDKs rely on them
 * (docs/PROTOCOL.md, "JSON").
 */
final class JsonEncoder implements ResultHandler, PushHandler {

  private final JsonWriter json = new JsonWriter();
  private boolean foreign;

  Bytes reply(Reply reply) throws ProtocolException {
    json.begin('{').name("id").number(reply.id());
    reply.result().dispatch(this);
    json.end('}');
    return encoded();
  }

  Bytes push(Push push) throws ProtocolException {
    json.begin('{').name("push").begin('{');
    text("channel", push.channel());
    push.dispatch(this);
    json.end('}').end('}');
    return encoded();
  }

  private Bytes encoded() throws ProtocolException {
    if (foreign) {
      throw new ProtocolException(
          Disconnect.INAPPROPRIATE_PROTOCOL, "payload that is not JSON for a client that talks it");
    }
    return json.toBytes();
  }

  @Override
  public void event(EventPush push) {
    ChannelEvent event = push.event();
    if (event instanceof Publication publication) {
      json.name("pub");
      publication(publication);
    } else if (event instanceof Join join) {
      transition("join", join.info());
    } else {
      transition("leave", ((Leave) event).info());
    }
  }

  @Override
  public void delta(DeltaPush push) {
    json.name("pub");
    publication(push.publication());
  }

  @Override
  public void subscribe(SubscribePush push) {
    json.name("subscribe").begin('{');
    flag("recoverable", push.recoverable());
    text("epoch", push.position().epoch());
    number("offset", push.position().offset());
    flag("positioned", push.positioned());
    raw("data", push.data());
    json.end('}');
  }

  @Override
  public void unsubscribe(UnsubscribePush push) {
    json.name("unsubscribe").begin('{');
    number("code", push.code().code());
    text("reason", push.code().reason());
    json.end('}');
  }

  @Override
  public void message(MessagePush push) {
    json.name("message").begin('{');
    raw("data", push.data());
    json.end('}');
  }

  @Override
  public void disconnect(DisconnectPush push) {
    json.name("disconnect").begin('{');
    number("code", push.disconnect().code());
    text("reason", push.disconnect().reason());
    json.end('}');
  }

  @Override
  public void refresh(RefreshPush push) {
    json.name("refresh").begin('{');
    expiry(push.ttl());
    json.end('}');
  }

  private void transition(String name, ClientInfo info) {
    json.name(name).begin('{').name("info");
    info(info);
    json.end('}');
  }

  @Override
  public void error(ErrorResult result) {
    json.name("error").begin('{');
    number("code", result.code().code());
    text("message", result.code().message());
    flag("temporary", result.code().temporary());
    json.end('}');
  }

  @Override
  public void connect(ConnectResult result) {
    json.name("connect").begin('{');
    text("client", result.client());
    text("version", result.version());
    expiry(result.ttl());
    raw("data", result.data());
    if (!result.subs().isEmpty()) {
      json.name("subs").begin('{');
      for (Map.Entry<String, SubscribeResult> sub : result.subs().entrySet()) {
        json.name(sub.getKey());
        subscription(sub.getValue());
      }
      json.end('}');
    }
    number("ping", result.ping());
    flag("pong", result.pong());
    text("session", result.session());
    text("node", result.node());
    number("time", result.time());
    json.end('}');
  }

  @Override
  public void refresh(RefreshResult result) {
    json.name("refresh").begin('{');
    expiry(result.ttl());
    json.end('}');
  }

  @Override
  public void subscribe(SubscribeResult result) {
    json.name("subscribe");
    subscription(result);
  }

  private void subscription(SubscribeResult result) {
    json.begin('{');
    expiry(result.ttl());
    flag("recoverable", result.recoverable());
    flag("positioned", result.positioned());
    text("epoch", result.position().epoch());
    number("offset", result.position().offset());
    flag("was_recovering", result.wasRecovering());
    flag("recovered", result.recovered());
    if (!result.publications().isEmpty()) {
      json.name("publications").begin('[');
      result.publications().forEach(this::publication);
      json.end(']');
    }
    flag("delta", result.delta());
    raw("data", result.data());
    json.end('}');
  }

  @Override
  public void subRefresh(SubRefreshResult result) {
    json.name("sub_refresh").begin('{');
    expiry(result.ttl());
    json.end('}');
  }

  @Override
  public void unsubscribe(UnsubscribeResult result) {
    json.name("unsubscribe").begin('{').end('}');
  }

  @Override
  public void publish(PublishResult result) {
    json.name("publish").begin('{').end('}');
  }

  @Override
  public void presence(PresenceResult result) {
    json.name("presence").begin('{').name("presence").begin('{');
    for (Map.Entry<String, ClientInfo> entry : result.presence().entrySet()) {
      json.name(entry.getKey());
      info(entry.getValue());
    }
    json.end('}').end('}');
  }

  @Override
  public void presenceStats(PresenceStatsResult result) {
    json.name("presence_stats").begin('{');
    json.name("num_clients").number(result.stats().clients());
    json.name("num_users").number(result.stats().users()).end('}');
  }

  @Override
  public void history(HistoryResult result) {
    StreamPosition top = result.history().top();
    json.name("history").begin('{');
    json.name("publications").begin('[');
    result.history().publications().forEach(this::publication);
    json.end(']').name("epoch").text(top.epoch()).name("offset").number(top.offset()).end('}');
  }

  @Override
  public void rpc(RpcResult result) {
    json.name("rpc").begin('{');
    raw("data", result.data());
    json.end('}');
  }

  private void publication(Publication publication) {
    json.begin('{');
    raw("data", publication.data());
    afterData(publication);
    json.end('}');
  }

  /** With delta compression the payload is text: what patches can be applied to. */
  private void publication(SentPublication sent) {
    Publication publication = sent.publication();
    if (sent.form() == Form.PLAIN) {
      publication(publication);
      return;
    }
    foreign |= !publication.data().isJson();
    boolean patch = sent.form() == Form.PATCH && Utf8.isValid(sent.patch().array());
    json.begin('{').name("data").text(patch ? sent.patch() : publication.data());
    flag("delta", patch);
    afterData(publication);
    json.end('}');
  }

  private void afterData(Publication publication) {
    ClientInfo info = publication.info();
    if (info != null) {
      json.name("info");
      info(info);
    }
    number("offset", publication.offset());
    if (publication.offset() == 1) {
      // Tells a client that subscribed before the first publication which epoch it is in.
      text("epoch", publication.epoch());
    }
    if (!publication.tags().isEmpty()) {
      json.name("tags").begin('{');
      publication.tags().forEach((name, value) -> json.name(name).text(value));
      json.end('}');
    }
  }

  private void info(ClientInfo info) {
    json.begin('{').name("user").text(info.user()).name("client").text(info.client());
    raw("conn_info", info.connInfo());
    raw("chan_info", info.chanInfo());
    json.end('}');
  }

  private void expiry(long ttl) {
    flag("expires", ttl > 0);
    number("ttl", ttl);
  }

  private void text(String name, String value) {
    if (!value.isEmpty()) {
      json.name(name).text(value);
    }
  }

  private void number(String name, long value) {
    if (value != 0) {
      json.name(name).number(value);
    }
  }

  private void flag(String name, boolean value) {
    if (value) {
      json.name(name).flag(true);
    }
  }

  private void raw(String name, Bytes value) {
    if (value.isJson()) {
      json.name(name).raw(value);
    } else {
      foreign |= !value.isEmpty();
    }
  }
}
