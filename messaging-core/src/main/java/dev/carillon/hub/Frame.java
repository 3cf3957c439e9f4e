package dev.carillon.hub;

import dev.carillon.channel.Bytes;
import io.netty.util.ReferenceCountUtil;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Encoded bytes on their way to one or many transports of one event loop, together with the form
 * that the transport puts on the wire, which is made once and shared by all of them.
 *
 * <p>A framed form that is reference counted belongs to the frame. Whoever made the frame releases
 * it after the last {@link Transport#send}; a transport retains what it keeps for longer.
 */
public final class Frame {

  private final Bytes payload;
  private @Nullable Object framed;

  public Frame(Bytes payload) {
    this.payload = payload;
  }

  public Bytes payload() {
    return payload;
  }

  /**
   * The transport's own form of this frame, made by the first that asks. Confined to one event
   * loop; one frame goes to transports of one kind only.
   */
  @SuppressWarnings("unchecked")
  public <T> T framed(Function<Bytes, T> framing) {
    Object known = framed;
    if (known == null) {
      known = framing.apply(payload);
      framed = known;
    }
    return (T) known;
  }

  /** Gives up the framed form. The frame may be used again and is then framed again. */
  void release() {
    Object known = framed;
    framed = null;
    if (known != null) {
      ReferenceCountUtil.release(known);
    }
  }
}
