package dev.carillon.protocol;

import dev.carillon.channel.StreamPosition;
import org.jspecify.annotations.Nullable;

/**
 * A part of the stream of the channel.
 *
 * @param limit publications at most; 0 asks for the position only, less than 0 for as many as
 *     allowed
 * @param since exclusive start; null: from the oldest or, in reverse, the newest
 * @param reverse newest first
 */
public record HistoryRequest(
    long id, String channel, int limit, @Nullable StreamPosition since, boolean reverse)
    implements Command {

  @Override
  public void dispatch(CommandHandler handler) {
    handler.history(this);
  }
}
