package dev.carillon.protocol;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.StreamPosition;
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
  Map<String, SubscribeRequest> subs = Map.of();
  Map<String, String> headers = Map.of();
  @Nullable TagsFilter filter;
  @Nullable StreamPosition since;
  boolean recover;
  boolean positioned;
  boolean recoverable;
  boolean joinLeave;
  boolean reverse;

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
