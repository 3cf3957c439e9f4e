package dev.carillon.protocol;

/** One method for each push. */
public interface PushHandler {

  void event(EventPush push);

  void delta(DeltaPush push);

  void subscribe(SubscribePush push);

  void unsubscribe(UnsubscribePush push);

  void message(MessagePush push);

  void disconnect(DisconnectPush push);

  void refresh(RefreshPush push);
}
