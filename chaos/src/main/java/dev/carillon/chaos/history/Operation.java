package dev.carillon.chaos.history;

import java.util.Objects;

/**
 * One line of a history. What an operation does not need is empty or 0.
 *
 * @param at milliseconds since the beginning, by one clock that never jumps
 * @param client who saw it; a client is one program that connects again and again
 * @param op what happened
 * @param channel the channel
 * @param id of a publication, a present client, or a fault
 * @param epoch of the stream
 * @param offset in the stream, or a number that is counted
 * @param recovered whether a recovery was complete
 * @param node the node that was involved
 * @param code of an error, disconnect or unsubscribe
 */
public record Operation(
    long at,
    String client,
    Op op,
    String channel,
    String id,
    String epoch,
    long offset,
    boolean recovered,
    String node,
    int code) {

  public Operation {
    Objects.requireNonNull(op);
    // The same few words stand in millions of operations.
    client = client.intern();
    node = node.intern();
    channel = channel.intern();
    id = id.intern();
    epoch = epoch.intern();
  }

  /** An operation at a time of its own; the rest is set by the {@code with} methods. */
  public static Operation of(String client, Op op) {
    return new Operation(0, client, op, "", "", "", 0, false, "", 0);
  }

  public Operation at(long millis) {
    return new Operation(millis, client, op, channel, id, epoch, offset, recovered, node, code);
  }

  public Operation in(String where) {
    return new Operation(at, client, op, where, id, epoch, offset, recovered, node, code);
  }

  public Operation with(String what) {
    return new Operation(at, client, op, channel, what, epoch, offset, recovered, node, code);
  }

  public Operation position(String anEpoch, long anOffset) {
    return new Operation(at, client, op, channel, id, anEpoch, anOffset, recovered, node, code);
  }

  public Operation recovered(boolean complete) {
    return new Operation(at, client, op, channel, id, epoch, offset, complete, node, code);
  }

  public Operation on(String aNode) {
    return new Operation(at, client, op, channel, id, epoch, offset, recovered, aNode, code);
  }

  public Operation code(int aCode) {
    return new Operation(at, client, op, channel, id, epoch, offset, recovered, node, aCode);
  }
}
