package dev.carillon.chaos.load;

import java.util.List;

/**
 * What a client does.
 *
 * @param name as the history names it
 * @param token for connecting
 * @param targets nodes that it may use; the first one is its own
 * @param channels channels that it stays subscribed to, and publishes to
 * @param publishMillis milliseconds between two publishes; 0: it only listens
 * @param padding bytes of text in each publication besides its id
 * @param joinLeave whether it wants to be told who comes and goes
 * @param seed of its choices
 */
public record ClientPlan(
    String name,
    String token,
    List<Target> targets,
    List<String> channels,
    int publishMillis,
    int padding,
    boolean joinLeave,
    long seed) {

  public ClientPlan {
    targets = List.copyOf(targets);
    channels = List.copyOf(channels);
  }
}
