package dev.carillon.launch;

import dev.carillon.launch.local.LaunchException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/**
 * Opens the ports of a node. They were free when they were chosen, but joining the cluster has
 * taken seconds since: where another process was faster, a port that nobody set moves on to the
 * next free one, and one that was set ends the start.
 */
final class OpenPorts {
  /** Tries for one verticle; more than there are nodes that start together on a machine. */
  private static final int TRIES = 20;

  private final Vertx vertx;

  // Changed by one deployment after the other, on the threads that these complete on.
  private volatile Place place;

  OpenPorts(Vertx vertx, Place place) {
    this.vertx = vertx;
    this.place = place;
  }

  /** With the ports as they are now. */
  Place place() {
    return place;
  }

  /**
   * Deploys what opens these listeners, again after one of them had to move.
   *
   * @param deployment reads the ports from {@link #place}; fails with an IOException when one is
   *     taken (which one, the exceptions of native transports don't tell), and leaves nothing
   *     behind then
   */
  Future<Void> open(Supplier<Future<Void>> deployment, String... listeners) {
    return open(deployment, List.of(listeners), 1);
  }

  private Future<Void> open(Supplier<Future<Void>> deployment, List<String> listeners, int tries) {
    return deployment
        .get()
        .recover(
            failed ->
                failed instanceof IOException refused
                    ? moveOn(listeners, tries, refused)
                        .compose(moved -> open(deployment, listeners, tries + 1))
                    : Future.failedFuture(failed));
  }

  /** A port that is free again stays: another node that starts was only looking at it. */
  private Future<Place> moveOn(List<String> listeners, int tries, IOException refused) {
    if (tries == TRIES) {
      return Future.failedFuture(
          new LaunchException(
              String.join(" and ", listeners)
                  + ": "
                  + refused.getMessage()
                  + " (expected: ports that can be opened)",
              refused));
    }
    return vertx.executeBlocking(() -> place.movedOn(listeners)).onSuccess(moved -> place = moved);
  }
}
