package dev.carillon.protocol;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The members of a command: which fields each has, and how it is made of them. */
enum CommandKind {
  CONNECT(
      "connect",
      4,
      Set.of("token", "data", "subs", "name", "version", "headers", "flag"),
      (id, d) -> d.connect(id)),
  SUBSCRIBE(
      "subscribe",
      5,
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
  UNSUBSCRIBE(
      "unsubscribe", 6, Set.of("channel"), (id, d) -> new UnsubscribeRequest(id, d.channel)),
  PUBLISH(
      "publish",
      7,
      Set.of("channel", "data", "type"),
      (id, d) -> new PublishRequest(id, d.channel, d.data, d.type)),
  PRESENCE("presence", 8, Set.of("channel"), (id, d) -> new PresenceRequest(id, d.channel)),
  PRESENCE_STATS(
      "presence_stats", 9, Set.of("channel"), (id, d) -> new PresenceStatsRequest(id, d.channel)),
  HISTORY(
      "history",
      10,
      Set.of("channel", "limit", "since", "reverse"),
      (id, d) -> new HistoryRequest(id, d.channel, d.limit, d.since, d.reverse)),
  RPC("rpc", 13, Set.of("method", "data"), (id, d) -> new RpcRequest(id, d.method, d.data)),
  SEND("send", 12, Set.of("data"), (id, d) -> new SendRequest(id, d.data)),
  REFRESH("refresh", 14, Set.of("token"), (id, d) -> new RefreshRequest(id, d.token)),
  SUB_REFRESH(
      "sub_refresh",
      15,
      Set.of("channel", "token", "type"),
      (id, d) -> new SubRefreshRequest(id, d.channel, d.token, d.type));

  private interface Maker {
    Command make(long id, CommandDraft draft);
  }

  private static final Map<String, CommandKind> BY_NAME = new HashMap<>();
  private static final Map<Integer, CommandKind> BY_NUMBER = new HashMap<>();

  static {
    for (CommandKind kind : values()) {
      BY_NAME.put(kind.member, kind);
      BY_NUMBER.put(kind.number, kind);
    }
  }

  private final String member;
  private final int number;
  private final Set<String> fields;
  private final Maker maker;

  CommandKind(String member, int number, Set<String> fields, Maker maker) {
    this.member = member;
    this.number = number;
    this.fields = fields;
    this.maker = maker;
  }

  /** The kind of a member, null for a name that is no command. */
  static @Nullable CommandKind of(String member) {
    return BY_NAME.get(member);
  }

  /** The kind of a member by its number in Protobuf, null for one that is no command. */
  static @Nullable CommandKind of(int number) {
    return BY_NUMBER.get(number);
  }

  boolean has(String field) {
    return fields.contains(field);
  }

  Command make(long id, CommandDraft draft) {
    return maker.make(id, draft);
  }
}
