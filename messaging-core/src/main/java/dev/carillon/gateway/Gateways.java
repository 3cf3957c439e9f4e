package dev.carillon.gateway;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The gateways of this process. The launcher fills it before it deploys the HTTP server; nothing is
 * added afterwards.
 */
public final class Gateways {

  private final List<Gateway> gateways = new CopyOnWriteArrayList<>();

  public void add(Gateway gateway) {
    gateways.add(gateway);
  }

  public List<Gateway> all() {
    return List.copyOf(gateways);
  }
}
