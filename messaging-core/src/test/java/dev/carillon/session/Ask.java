package dev.carillon.session;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.StreamPosition;
import dev.carillon.protocol.SubscribeRequest;
import dev.carillon.protocol.TagsFilter;
import org.jspecify.annotations.Nullable;

/** A subscribe request as a test says it: what is not said is as SDKs leave it out. */
final class Ask {

  private final String channel;
  private String token = "";
  private boolean recover;
  private StreamPosition since = StreamPosition.NONE;
  private boolean positioned;
  private boolean recoverable;
  private boolean joinLeave;
  private long flag;
  private String delta = "";
  private @Nullable TagsFilter filter;
  private int type;

  private Ask(String channel) {
    this.channel = channel;
  }

  static Ask ask(String channel) {
    return new Ask(channel);
  }

  SubscribeRequest as(long id) {
    return new SubscribeRequest(
        id,
        channel,
        token,
        recover,
        since,
        positioned,
        recoverable,
        joinLeave,
        flag,
        delta,
        filter,
        type,
        Bytes.EMPTY);
  }

  Ask token(String token) {
    this.token = token;
    return this;
  }

  /** To recover from there, and to be told the position. */
  Ask since(long offset, String epoch) {
    recover = true;
    recoverable = true;
    since = new StreamPosition(offset, epoch);
    return this;
  }

  Ask positioned() {
    positioned = true;
    return this;
  }

  Ask joinLeave() {
    joinLeave = true;
    return this;
  }

  /** To be refused when it can't recover. */
  Ask orNothing() {
    flag = SubscribeRequest.REJECT_UNRECOVERED;
    return this;
  }

  Ask delta(String kind) {
    delta = kind;
    return this;
  }

  Ask filter(TagsFilter filter) {
    this.filter = filter;
    return this;
  }

  Ask type(int type) {
    this.type = type;
    return this;
  }
}
