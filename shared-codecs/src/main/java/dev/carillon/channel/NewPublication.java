package dev.carillon.channel;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way into a channel, before it has a position.
 *
 * @param data the payload
 * @param info who publishes it; null for the server API
 * @param tags for filters; empty when there are none
 * @param delta whether subscribers who can take it may get the difference to what came before it
 * @param idempotencyKey the same key in the same channel is stored once; empty for none. The broker
 *     gives every publication a key of its own, so that a retry after an uncertain outcome is safe.
 */
public record NewPublication(
    Bytes data,
    @Nullable ClientInfo info,
    Map<String, String> tags,
    boolean delta,
    String idempotencyKey) {

  public NewPublication {
    tags = Map.copyOf(tags);
  }

  /** One that is always sent whole. */
  public NewPublication(
      Bytes data, @Nullable ClientInfo info, Map<String, String> tags, String idempotencyKey) {
    this(data, info, tags, false, idempotencyKey);
  }

  public static NewPublication of(Bytes data) {
    return new NewPublication(data, null, Map.of(), "");
  }

  public NewPublication withIdempotencyKey(String key) {
    return new NewPublication(data, info, tags, delta, key);
  }

  public NewPublication withDelta(boolean delta) {
    return new NewPublication(data, info, tags, delta, idempotencyKey);
  }

  /**
   * What it becomes at this place of its stream.
   *
   * @param offset 0 without history
   * @param epoch empty without history
   * @param time when it was stored, milliseconds since 1970
   */
  public Publication at(long offset, String epoch, long time) {
    return new Publication(offset, epoch, data, info, tags, delta, time);
  }

  /** That of the {@link Publication} it becomes, in bytes. */
  public int weight() {
    return Publication.weight(data, info, tags);
  }
}
