package dev.carillon.protocol;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.StreamPosition;
import org.jspecify.annotations.Nullable;

/**
 * Subscribe to the channel.
 *
 * @param token permission for a private channel; empty when there is none
 * @param recover whether to send what was published after {@code since}
 * @param since last position that the client knows; offset 0 and an empty epoch when it knows none
 * @param positioned asks for a check that nothing is missing
 * @param recoverable asks for the position, to recover from it later
 * @param joinLeave asks for joins and leaves
 * @param flag bits of what the client understands
 * @param delta a kind of delta compression that the client understands; empty for none
 * @param filter which publications it wants, by their tags; null: all
 * @param type 0 for streams, the only kind of channel that is offered
 * @param data for the application behind the server; empty when there is none
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
    long flag,
    String delta,
    @Nullable TagsFilter filter,
    int type,
    Bytes data)
    implements Command {

  /** Bit of {@code flag}. Bit 1, that pushes may name the channel by a number, is not used. */
  public static final long REJECT_UNRECOVERED = 2;

  /** A plain subscription. */
  public static SubscribeRequest of(long id, String channel) {
    return of(id, channel, null);
  }

  /**
   * One that the server begins.
   *
   * @param since null when nothing was missed
   */
  public static SubscribeRequest ofServer(String channel, @Nullable StreamPosition since) {
    return of(0, channel, since);
  }

  private static SubscribeRequest of(long id, String channel, @Nullable StreamPosition since) {
    return new SubscribeRequest(
        id,
        channel,
        "",
        since != null,
        since == null ? StreamPosition.NONE : since,
        false,
        false,
        false,
        0,
        "",
        null,
        0,
        Bytes.EMPTY);
  }

  /** Whether to answer 112 instead of going on without what can't be recovered. */
  public boolean rejectUnrecovered() {
    return (flag & REJECT_UNRECOVERED) != 0;
  }

  @Override
  public void dispatch(CommandHandler handler) {
    handler.subscribe(this);
  }
}
