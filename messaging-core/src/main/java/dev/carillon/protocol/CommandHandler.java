package dev.carillon.protocol;

/** One method for each command. */
public interface CommandHandler {

  void connect(ConnectRequest request);

  void refresh(RefreshRequest request);

  void subscribe(SubscribeRequest request);

  void subRefresh(SubRefreshRequest request);

  void unsubscribe(UnsubscribeRequest request);

  void publish(PublishRequest request);

  void presence(PresenceRequest request);

  void presenceStats(PresenceStatsRequest request);

  void history(HistoryRequest request);

  void rpc(RpcRequest request);

  void send(SendRequest request);

  void pong(Pong pong);
}
