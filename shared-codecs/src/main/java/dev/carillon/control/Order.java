package dev.carillon.control;

/** What every node shall do with the connections of a user; answered by {@link OrderDone}. */
public sealed interface Order
    permits DisconnectOrder, UnsubscribeOrder, SubscribeOrder, RefreshOrder {

  Target target();
}
