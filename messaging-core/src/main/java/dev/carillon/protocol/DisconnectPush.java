package dev.carillon.protocol;

/** The connection ends; for transports that have no close frame to say so. */
public record DisconnectPush(Disconnect disconnect) implements Push {

  @Override
  public void dispatch(PushHandler handler) {
    handler.disconnect(this);
  }
}
