package dev.carillon.protocol;

/**
 * What the server sends without being asked. Each push dispatches itself, so that no encoder
 * forgets one.
 */
public sealed interface Push
    permits EventPush,
        DeltaPush,
        SubscribePush,
        UnsubscribePush,
        MessagePush,
        DisconnectPush,
        RefreshPush {

  /** The channel it is about; empty when it is about the connection. */
  default String channel() {
    return "";
  }

  void dispatch(PushHandler handler);
}
