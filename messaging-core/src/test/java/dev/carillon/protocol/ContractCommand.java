package dev.carillon.protocol;

import com.google.protobuf.ByteString;
import dev.carillon.channel.Bytes;
import dev.carillon.channel.StreamPosition;
import dev.carillon.protocol.contract.Command.Connect;
import dev.carillon.protocol.contract.Command.Filter;
import dev.carillon.protocol.contract.Command.History;
import dev.carillon.protocol.contract.Command.Position;
import dev.carillon.protocol.contract.Command.Presence;
import dev.carillon.protocol.contract.Command.PresenceStats;
import dev.carillon.protocol.contract.Command.Publish;
import dev.carillon.protocol.contract.Command.Refresh;
import dev.carillon.protocol.contract.Command.Rpc;
import dev.carillon.protocol.contract.Command.Send;
import dev.carillon.protocol.contract.Command.SubRefresh;
import dev.carillon.protocol.contract.Command.Subscribe;
import dev.carillon.protocol.contract.Command.Unsubscribe;

/** Commands as the classes hold them that are generated from client.proto. */
final class ContractCommand implements CommandHandler {

  private final dev.carillon.protocol.contract.Command.Builder command =
      dev.carillon.protocol.contract.Command.newBuilder();

  static dev.carillon.protocol.contract.Command of(Command command) {
    var contract = new ContractCommand();
    contract.command.setId((int) command.id());
    command.dispatch(contract);
    return contract.command.build();
  }

  @Override
  public void connect(ConnectRequest request) {
    var connect =
        Connect.newBuilder()
            .setToken(request.token())
            .setData(bytes(request.data()))
            .setName(request.name())
            .setVersion(request.version())
            .putAllHeaders(request.headers())
            .setFlag(request.flag());
    // The key says the channel.
    request.subs().forEach((channel, sub) -> connect.putSubs(channel, subscribed(sub, "")));
    command.setConnect(connect);
  }

  @Override
  public void refresh(RefreshRequest request) {
    command.setRefresh(Refresh.newBuilder().setToken(request.token()));
  }

  @Override
  public void subscribe(SubscribeRequest request) {
    command.setSubscribe(subscribed(request, request.channel()));
  }

  private static Subscribe subscribed(SubscribeRequest request, String channel) {
    var subscribe =
        Subscribe.newBuilder()
            .setChannel(channel)
            .setToken(request.token())
            .setRecover(request.recover())
            .setEpoch(request.since().epoch())
            .setOffset(request.since().offset())
            .setData(bytes(request.data()))
            .setPositioned(request.positioned())
            .setRecoverable(request.recoverable())
            .setJoinLeave(request.joinLeave())
            .setDelta(request.delta())
            .setFlag(request.flag())
            .setType(request.type());
    TagsFilter filter = request.filter();
    return filter == null ? subscribe.build() : subscribe.setTf(filter(filter)).build();
  }

  private static Filter filter(TagsFilter filter) {
    return Filter.newBuilder()
        .setOp(filter.op())
        .setKey(filter.key())
        .setCmp(filter.cmp())
        .setVal(filter.val())
        .addAllVals(filter.vals())
        .addAllNodes(filter.nodes().stream().map(ContractCommand::filter).toList())
        .build();
  }

  @Override
  public void subRefresh(SubRefreshRequest request) {
    command.setSubRefresh(
        SubRefresh.newBuilder()
            .setChannel(request.channel())
            .setToken(request.token())
            .setType(request.type()));
  }

  @Override
  public void unsubscribe(UnsubscribeRequest request) {
    command.setUnsubscribe(Unsubscribe.newBuilder().setChannel(request.channel()));
  }

  @Override
  public void publish(PublishRequest request) {
    command.setPublish(
        Publish.newBuilder()
            .setChannel(request.channel())
            .setData(bytes(request.data()))
            .setType(request.type()));
  }

  @Override
  public void presence(PresenceRequest request) {
    command.setPresence(Presence.newBuilder().setChannel(request.channel()));
  }

  @Override
  public void presenceStats(PresenceStatsRequest request) {
    command.setPresenceStats(PresenceStats.newBuilder().setChannel(request.channel()));
  }

  @Override
  public void history(HistoryRequest request) {
    var history =
        History.newBuilder()
            .setChannel(request.channel())
            .setLimit(request.limit())
            .setReverse(request.reverse());
    StreamPosition since = request.since();
    if (since != null) {
      history.setSince(Position.newBuilder().setOffset(since.offset()).setEpoch(since.epoch()));
    }
    command.setHistory(history);
  }

  @Override
  public void rpc(RpcRequest request) {
    command.setRpc(Rpc.newBuilder().setMethod(request.method()).setData(bytes(request.data())));
  }

  @Override
  public void send(SendRequest request) {
    command.setSend(Send.newBuilder().setData(bytes(request.data())));
  }

  @Override
  public void pong(Pong pong) {}

  private static ByteString bytes(Bytes bytes) {
    return ByteString.copyFrom(bytes.array());
  }
}
