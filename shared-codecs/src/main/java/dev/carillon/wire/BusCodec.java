package dev.carillon.wire;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/**
 * Carries a {@link WireCodec} over the event bus. {@link #transform} returns its argument, so local
 * consumers share one object: safe because every bus type is immutable.
 */
public final class BusCodec<T> implements MessageCodec<T, T> {

  private final WireCodec<T> codec;

  public BusCodec(WireCodec<T> codec) {
    this.codec = codec;
  }

  @Override
  public void encodeToWire(Buffer buffer, T value) {
    byte[] bytes = codec.encode(value);
    buffer.appendInt(bytes.length).appendBytes(bytes);
  }

  @Override
  public T decodeFromWire(int position, Buffer buffer) {
    int length = buffer.getInt(position);
    return codec.decode(buffer.getBytes(position + 4, position + 4 + length));
  }

  @Override
  public T transform(T value) {
    return value;
  }

  /** Stable across versions of the class: derived from the id, not from a class name. */
  @Override
  public String name() {
    return "carillon." + codec.id();
  }

  /** -1 marks a user codec. */
  @Override
  public byte systemCodecID() {
    return -1;
  }
}
