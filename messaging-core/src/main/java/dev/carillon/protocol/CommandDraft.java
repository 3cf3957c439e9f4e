package dev.carillon.protocol;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.StreamPosition;
import org.jspecify.annotations.Nullable;

/** What a decoder has read of one command so far: fields come in any order. */
final class CommandDraft {

  /** Bit of {@code flag}: answer 112 instead of going on unrecovered. Bit 1 is not offered. */
  private static final long REJECT_UNRECOVERED = 2;

  String channel = "";
  String token = "";
  String name = "";
  String version = "";
  String delta = "";
  String epoch = "";
  long offset;
  long flag;
  int type;
  int limit;
  Bytes data = Bytes.EMPTY;
  @Nullable StreamPosition since;
  boolean recover;
  boolean positioned;
  boolean recoverable;
  boolean joinLeave;
  boolean filtered;
  boolean reverse;

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
        (flag & REJECT_UNRECOVERED) != 0,
        delta,
        filtered,
        type);
  }
}
