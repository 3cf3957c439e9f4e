package dev.carillon.stream;

import dev.carillon.channel.Publication;
import dev.carillon.channel.StreamPosition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a {@link ChannelPosition} wants done, in the order of the list it comes in. */
public sealed interface PositionEffect {

  /** Hand these to the subscribers. */
  record Deliver(List<Publication> publications) implements PositionEffect {}

  /**
   * Read the stream after this position (its position alone, for null) and answer with {@code
   * filled} or {@code failed}. Nothing else is asked until then.
   */
  record Read(@Nullable StreamPosition since) implements PositionEffect {}

  /** The stream has lost what was seen: ensure it, and answer with {@code ensured} or failed. */
  record Ensure(StreamPosition observed) implements PositionEffect {}

  /** Tell the subscribers that publications are lost for them. */
  record Insufficient() implements PositionEffect {}
}
