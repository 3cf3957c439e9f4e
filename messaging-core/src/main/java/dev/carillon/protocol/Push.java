package dev.carillon.protocol;

/** What the server sends about a channel without being asked. */
public sealed interface Push permits EventPush, UnsubscribePush {

  String channel();
}
