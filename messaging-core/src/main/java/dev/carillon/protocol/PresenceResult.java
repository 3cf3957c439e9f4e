package dev.carillon.protocol;

import dev.carillon.channel.ClientInfo;
import java.util.Map;

/** Client id to info of all subscribers. */
public record PresenceResult(Map<String, ClientInfo> presence) implements Result {

  @Override
  public void dispatch(ResultHandler handler) {
    handler.presence(this);
  }
}
