package dev.carillon.protocol;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The members of a command: which fields each has, and how it is made of them. */
enum CommandKind {
  CONNECT(
      "connect",
      Set.of("token", "data", "subs", "name", "version", "headers", "flag"),
      (id, d) -> d.connect(id)),
  SUBSCRIBE(
      "subscribe",
      Set.of(
          "channel",
          "token",
          "recover",
          "epoch",
          "offset",
          "positioned",
          "recoverable",
          "join_leave",
          "delta",
          "tf",
          "flag",
          "type",
          "data"),
      (id, d) -> d.subscribe(id)),
  UNSUBSCRIBE("unsubscribe", Set.of("channel"), (id, d) -> new UnsubscribeRequest(id, d.channel)),
  PUBLISH(
      "publish",
      Set.of("channel", "data", "type"),
      (id, d) -> new PublishRequest(id, d.channel, d.data, d.type)),
  PRESENCE("presence", Set.of("channel"), (id, d) -> new PresenceRequest(id, d.channel)),
  PRESENCE_STATS(
      "presence_stats", Set.of("channel"), (id, d) -> new PresenceStatsRequest(id, d.channel)),
  HISTORY(
      "history",
      Set.of("channel", "limit", "since", "reverse"),
      (id, d) -> new HistoryRequest(id, d.channel, d.limit, d.since, d.reverse)),
  RPC("rpc", Set.of("method", "data"), (id, d) -> new RpcRequest(id, d.method, d.data)),
  SEND("send", Set.of("data"), (id, d) -> new SendRequest(id, d.data)),
  REFRESH("refresh", Set.of("token"), (id, d) -> new RefreshRequest(id, d.token)),
  SUB_REFRESH(
      "sub_refresh",
      Set.of("channel", "token", "type"),
      (id, d) -> new SubRefreshRequest(id, d.channel, d.token, d.type));

  private interface Maker {
    Command make(long id, CommandDraft draft);
  }

  private static final Map<String, CommandKind> BY_NAME = new HashMap<>();

  static {
    for (CommandKind kind : values()) {
      BY_NAME.put(kind.member, kind);
    }
  }

  private final String member;
  private final Set<String> fields;
  private final Maker maker;

  CommandKind(String member, Set<String> fields, Maker maker) {
    this.member = member;
    this.fields = fields;
    this.maker = maker;
  }

  /** The kind of a member, null for a name that is no command. */
  static @Nullable CommandKind of(String member) {
    return BY_NAME.get(member);
  }

  boolean has(String field) {
    return fields.contains(field);
  }

  Command make(long id, CommandDraft draft) {
    return maker.make(id, draft);
  }
}
