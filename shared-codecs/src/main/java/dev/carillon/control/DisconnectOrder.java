package dev.carillon.control;

import java.util.List;

/**
 * Closes connections.
 *
 * @param code of the close frame, 3000 to 4999: who gets which tells whether the SDK comes back
 * @param spared client ids that stay connected
 */
public record DisconnectOrder(Target target, int code, String reason, List<String> spared)
    implements Order {

  public DisconnectOrder {
    spared = List.copyOf(spared);
  }
}
