package dev.carillon.protocol;

import dev.carillon.channel.StreamPosition;

/**
 * Subscribe to the channel.
 *
 * @param token permission for a private channel; empty when there is none
 * @param recover whether to send what was published after {@code since}
 * @param since last position that the client knows; offset 0 and an empty epoch when it knows none
 * @param positioned asks for a check that nothing is missing
 * @param recoverable asks for the position, to recover from it later
 * @param joinLeave asks for joins and leaves
 * @param rejectUnrecovered answer 112 instead of going on without what can't be recovered
 * @param delta a kind of delta compression that the client understands; empty for none
 * @param filtered whether it carries a filter of tags
 * @param type 0 for streams, the only kind of channel that is offered
 */
public record SubscribeRequest(
    long id,
    String channel,
    String token,
    boolean recover,
    StreamPosition since,
    boolean positioned,
    boolean recoverable,
    boolean joinLeave,
    boolean rejectUnrecovered,
    String delta,
    boolean filtered,
    int type)
    implements Command {

  @Override
  public void dispatch(CommandHandler handler) {
    handler.subscribe(this);
  }
}
