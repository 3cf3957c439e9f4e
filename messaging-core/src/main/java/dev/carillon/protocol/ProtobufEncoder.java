package dev.carillon.protocol;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.ChannelEvent;
import dev.carillon.channel.ClientInfo;
import dev.carillon.channel.Join;
import dev.carillon.channel.Leave;
import dev.carillon.channel.Publication;
import dev.carillon.channel.StreamPosition;
import dev.carillon.protobuf.ProtobufWriter;
import dev.carillon.protocol.SentPublication.Form;
import java.util.Map;

/**
 * One reply or push as Protobuf, with its length before it. The numbers, which ascend, are those of
 * client.proto; a test compares the bytes with those of the classes that are generated from it.
 */
final class ProtobufEncoder implements ResultHandler, PushHandler {

  private final ProtobufWriter out = new ProtobufWriter();

  Bytes reply(Reply reply) {
    int frame = out.begin();
    out.number(1, reply.id());
    reply.result().dispatch(this);
    return out.end(frame).toBytes();
  }

  Bytes push(Push push) {
    int frame = out.begin();
    int member = out.begin(4);
    out.text(2, push.channel());
    push.dispatch(this);
    return out.end(member).end(frame).toBytes();
  }

  @Override
  public void event(EventPush push) {
    ChannelEvent event = push.event();
    if (event instanceof Publication publication) {
      publication(4, publication);
    } else if (event instanceof Join join) {
      transition(5, join.info());
    } else {
      transition(6, ((Leave) event).info());
    }
  }

  private void transition(int field, ClientInfo info) {
    int member = out.begin(field);
    info(1, info);
    out.end(member);
  }

  @Override
  public void delta(DeltaPush push) {
    publication(4, push.publication());
  }

  @Override
  public void unsubscribe(UnsubscribePush push) {
    int member = out.begin(7);
    out.number(2, push.code().code()).text(3, push.code().reason()).end(member);
  }

  @Override
  public void message(MessagePush push) {
    int member = out.begin(8);
    out.bytes(1, push.data()).end(member);
  }

  @Override
  public void subscribe(SubscribePush push) {
    int member = out.begin(9);
    out.flag(1, push.recoverable());
    out.text(4, push.position().epoch()).number(5, push.position().offset());
    out.flag(6, push.positioned()).bytes(7, push.data()).end(member);
  }

  @Override
  public void disconnect(DisconnectPush push) {
    int member = out.begin(11);
    out.number(1, push.disconnect().code()).text(2, push.disconnect().reason()).end(member);
  }

  @Override
  public void refresh(RefreshPush push) {
    int member = out.begin(12);
    expiry(1, push.ttl());
    out.end(member);
  }

  @Override
  public void error(ErrorResult result) {
    int member = out.begin(2);
    out.number(1, result.code().code()).text(2, result.code().message());
    out.flag(3, result.code().temporary()).end(member);
  }

  @Override
  public void connect(ConnectResult result) {
    int member = out.begin(5);
    out.text(1, result.client()).text(2, result.version());
    expiry(3, result.ttl());
    out.bytes(5, result.data());
    for (Map.Entry<String, SubscribeResult> sub : result.subs().entrySet()) {
      int entry = out.begin(6);
      out.element(1, sub.getKey());
      subscription(2, sub.getValue());
      out.end(entry);
    }
    out.number(7, result.ping()).flag(8, result.pong());
    out.text(9, result.session()).text(10, result.node()).number(11, result.time()).end(member);
  }

  @Override
  public void subscribe(SubscribeResult result) {
    subscription(6, result);
  }

  private void subscription(int field, SubscribeResult result) {
    int member = out.begin(field);
    expiry(1, result.ttl());
    out.flag(3, result.recoverable()).text(6, result.position().epoch());
    for (SentPublication publication : result.publications()) {
      publication(7, publication);
    }
    out.flag(8, result.recovered()).number(9, result.position().offset());
    out.flag(10, result.positioned()).bytes(11, result.data());
    out.flag(12, result.wasRecovering()).flag(13, result.delta()).end(member);
  }

  @Override
  public void unsubscribe(UnsubscribeResult result) {
    out.end(out.begin(7));
  }

  @Override
  public void publish(PublishResult result) {
    out.end(out.begin(8));
  }

  @Override
  public void presence(PresenceResult result) {
    int member = out.begin(9);
    for (Map.Entry<String, ClientInfo> client : result.presence().entrySet()) {
      int entry = out.begin(1);
      out.element(1, client.getKey());
      info(2, client.getValue());
      out.end(entry);
    }
    out.end(member);
  }

  @Override
  public void presenceStats(PresenceStatsResult result) {
    int member = out.begin(10);
    out.number(1, result.stats().clients()).number(2, result.stats().users()).end(member);
  }

  @Override
  public void history(HistoryResult result) {
    StreamPosition top = result.history().top();
    int member = out.begin(11);
    for (Publication publication : result.history().publications()) {
      publication(1, publication);
    }
    out.text(2, top.epoch()).number(3, top.offset()).end(member);
  }

  @Override
  public void rpc(RpcResult result) {
    int member = out.begin(13);
    out.bytes(1, result.data()).end(member);
  }

  @Override
  public void refresh(RefreshResult result) {
    int member = out.begin(14);
    expiry(3, result.ttl());
    out.end(member);
  }

  @Override
  public void subRefresh(SubRefreshResult result) {
    int member = out.begin(15);
    expiry(1, result.ttl());
    out.end(member);
  }

  private void publication(int field, Publication publication) {
    publication(field, publication, publication.data(), false);
  }

  private void publication(int field, SentPublication sent) {
    boolean patch = sent.form() == Form.PATCH;
    Publication publication = sent.publication();
    publication(field, publication, patch ? sent.patch() : publication.data(), patch);
  }

  private void publication(int field, Publication publication, Bytes data, boolean delta) {
    int member = out.begin(field);
    out.bytes(4, data);
    ClientInfo info = publication.info();
    if (info != null) {
      info(5, info);
    }
    out.number(6, publication.offset());
    for (Map.Entry<String, String> tag : publication.tags().entrySet()) {
      int entry = out.begin(7);
      out.element(1, tag.getKey()).element(2, tag.getValue()).end(entry);
    }
    out.flag(8, delta);
    if (publication.offset() == 1) {
      // Tells a client that subscribed before the first publication which epoch it is in.
      out.text(14, publication.epoch());
    }
    out.end(member);
  }

  private void info(int field, ClientInfo info) {
    int member = out.begin(field);
    out.text(1, info.user()).text(2, info.client());
    out.bytes(3, info.connInfo()).bytes(4, info.chanInfo()).end(member);
  }

  /** Whether it expires, and in how many seconds, in two fields that follow each other. */
  private void expiry(int field, long ttl) {
    out.flag(field, ttl > 0).number(field + 1, ttl);
  }
}
