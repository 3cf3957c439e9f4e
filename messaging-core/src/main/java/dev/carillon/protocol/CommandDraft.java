package dev.carillon.protocol;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.StreamPosition;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a decoder has read of one command so far: fields come in any order. */
final class CommandDraft {

  String channel = "";
  String token = "";
  String name = "";
  String version = "";
  String method = "";
  String delta = "";
  String epoch = "";
  long offset;
  long flag;
  int type;
  int limit;
  Bytes data = Bytes.EMPTY;
  private Map<String, SubscribeRequest> subs = Map.of();
  private Map<String, String> headers = Map.of();
  @Nullable TagsFilter filter;
  @Nullable StreamPosition since;
  boolean recover;
  boolean positioned;
  boolean recoverable;
  boolean joinLeave;
  boolean reverse;

  /**
   * The command, if this is one. Without an id only a message makes sense; everything else without
   * one is a pong.
   *
   * @param kind null when it has no member that is a command
   */
  Command command(@Nullable CommandKind kind, long id) throws ProtocolException {
    if (id == 0 && kind != CommandKind.SEND) {
      return Pong.PONG;
    }
    if (kind == null) {
      throw new ProtocolException(Disconnect.BAD_REQUEST, "command " + id + " without a member");
    }
    return kind.make(id, this);
  }

  /** To add to. */
  Map<String, SubscribeRequest> subs() {
    if (subs.isEmpty()) {
      subs = new LinkedHashMap<>();
    }
    return subs;
  }

  /** To add to. */
  Map<String, String> headers() {
    if (headers.isEmpty()) {
      headers = new LinkedHashMap<>();
    }
    return headers;
  }

  ConnectRequest connect(long id) {
    return new ConnectRequest(id, token, data, subs, name, version, headers, flag);
  }

  SubscribeRequest subscribe(long id) {
    return new SubscribeRequest(
        id,
        channel,
        token,
        recover,
        new StreamPosition(offset, epoch),
        positioned,
        recoverable,
        joinLeave,
        flag,
        delta,
        filter,
        type,
        data);
  }
}
