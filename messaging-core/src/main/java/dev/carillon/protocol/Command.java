package dev.carillon.protocol;

/** What a client asks for. Each request dispatches itself, so that no handler forgets one. */
public sealed interface Command
    permits ConnectRequest,
        RefreshRequest,
        SubscribeRequest,
        SubRefreshRequest,
        UnsubscribeRequest,
        PublishRequest,
        PresenceRequest,
        PresenceStatsRequest,
        HistoryRequest,
        RpcRequest,
        SendRequest,
        Pong {

  /** Chosen by the client and repeated in the reply; 0 for commands that get none. */
  long id();

  void dispatch(CommandHandler handler);
}
