package dev.carillon.protocol;

/** One method for each result. */
public interface ResultHandler {

  void error(ErrorResult result);

  void connect(ConnectResult result);

  void refresh(RefreshResult result);

  void subscribe(SubscribeResult result);

  void subRefresh(SubRefreshResult result);

  void unsubscribe(UnsubscribeResult result);

  void publish(PublishResult result);

  void presence(PresenceResult result);

  void presenceStats(PresenceStatsResult result);

  void history(HistoryResult result);

  void rpc(RpcResult result);
}
