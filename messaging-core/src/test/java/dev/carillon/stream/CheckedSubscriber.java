package dev.carillon.stream;

import dev.carillon.channel.Publication;
import dev.carillon.channel.StreamPosition;

/** Insists on a contiguous run of publications in one epoch, until it is told otherwise. */
final class CheckedSubscriber {

  private StreamPosition position = StreamPosition.NONE;
  private boolean restarted = true;
  private int told;

  /** It is at this position from now on. */
  void begin(StreamPosition top) {
    position = top;
    restarted = false;
  }

  void deliver(Publication publication) {
    boolean next =
        publication.epoch().equals(position.epoch())
            && publication.offset() == position.offset() + 1;
    if (!restarted && !next) {
      throw new AssertionError(publication.position() + " after " + position);
    }
    restarted = false;
    position = publication.position();
  }

  void insufficient() {
    told++;
    restarted = true;
  }

  /** Whether it was told of a loss and nothing came since. */
  boolean isRestarted() {
    return restarted;
  }

  StreamPosition position() {
    return position;
  }

  /** How often it was told that publications are lost. */
  int told() {
    return told;
  }
}
