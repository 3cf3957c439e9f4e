package dev.carillon.protocol;

/** A publication for a subscription with delta compression. */
public record DeltaPush(String channel, SentPublication publication) implements Push {

  @Override
  public void dispatch(PushHandler handler) {
    handler.delta(this);
  }
}
