package dev.carillon.protocol;

/** What a reply says. Each result dispatches itself, so that no encoder forgets one. */
public sealed interface Result
    permits ErrorResult,
        ConnectResult,
        RefreshResult,
        SubscribeResult,
        SubRefreshResult,
        UnsubscribeResult,
        PublishResult,
        PresenceResult,
        PresenceStatsResult,
        HistoryResult,
        RpcResult {

  void dispatch(ResultHandler handler);
}
