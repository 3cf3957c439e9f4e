package dev.carillon.stream;

import dev.carillon.channel.Bytes;
import dev.carillon.link.LinkAck;
import dev.carillon.link.LinkFrame;
import dev.carillon.link.LinkPing;
import dev.carillon.wire.Incarnation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sending end of a link to one node. What is not acknowledged is bounded by a window, what
 * waits for the window by a queue. A peer that lets either overflow is lagging: its queue is
 * dropped, and nothing more is kept for it until it has caught up. Then it is told to resync.
 *
 * <p>{@code now} is any clock that does not go backward, in milliseconds.
 */
public final class LinkSender {

  private static final long NEVER = Long.MAX_VALUE;

  private record Flight(long sequence, int weight) {}

  private final Incarnation self;
  private final long link;
  private final LinkLimits limits;

  private final ArrayDeque<Bytes> queue = new ArrayDeque<>();
  private final ArrayDeque<Flight> flights = new ArrayDeque<>();
  private long queueBytes;
  private long flightBytes;
  private long sequence;

  /** Whether the peer has answered once; before that its consumers may not be there yet. */
  private boolean open;

  private boolean lagging;
  private long fullSince = NEVER;

  /**
   * @param link greater than that of every link from this node to the same peer before
   */
  public LinkSender(Incarnation self, long link, LinkLimits limits) {
    this.self = self;
    this.link = link;
    this.limits = limits;
  }

  /** Takes a delivery that the peer should get, or drops it when the peer is lagging. */
  public void offer(Bytes delivery) {
    if (lagging) {
      return;
    }
    queue.add(delivery);
    queueBytes += cost(delivery);
    if (queueBytes > limits.queueBytes()) {
      lose();
    }
  }

  /** Says that deliveries for this peer were dropped elsewhere. */
  public void lose() {
    lagging = true;
    queue.clear();
    queueBytes = 0;
    fullSince = NEVER;
  }

  /** The next frame that may be sent now; null when there is none. To be called until then. */
  public @Nullable LinkFrame next(long now) {
    if (!open) {
      return null;
    }
    if (lagging) {
      return flights.isEmpty() ? resync() : null;
    }
    if (queue.isEmpty()) {
      fullSince = NEVER;
      return null;
    }
    if (flightBytes >= limits.windowBytes()) {
      fullSince = Math.min(fullSince, now);
      return null;
    }
    fullSince = NEVER;
    return frame(false, take());
  }

  /** To be called about once a second: gives up on a peer whose window stays full. */
  public void tick(long now) {
    if (fullSince != NEVER && now - fullSince >= limits.lagMillis()) {
      lose();
    }
  }

  /** The peer has everything up to this. */
  public void acked(LinkAck ack) {
    if (ack.link() != link) {
      return;
    }
    open = true;
    while (!flights.isEmpty() && flights.getFirst().sequence() <= ack.sequence()) {
      flightBytes -= flights.removeFirst().weight();
    }
  }

  /** To be sent behind the frames, about once a second. */
  public LinkPing ping() {
    return new LinkPing(self, link, sequence);
  }

  public boolean isOpen() {
    return open;
  }

  public boolean isLagging() {
    return lagging;
  }

  /** Whether the peer has everything that was offered. */
  public boolean isIdle() {
    return queue.isEmpty() && flights.isEmpty();
  }

  /** Bytes that this link holds or has under way. */
  public long bytes() {
    return queueBytes + flightBytes;
  }

  private LinkFrame resync() {
    lagging = false;
    return frame(true, List.of());
  }

  private List<Bytes> take() {
    List<Bytes> deliveries = new ArrayList<>();
    int bytes = 0;
    while (!queue.isEmpty()) {
      int cost = cost(queue.getFirst());
      if (!deliveries.isEmpty() && bytes + cost > limits.frameBytes()) {
        break;
      }
      bytes += cost;
      deliveries.add(queue.removeFirst());
    }
    queueBytes -= bytes;
    return deliveries;
  }

  private LinkFrame frame(boolean resync, List<Bytes> deliveries) {
    LinkFrame frame = new LinkFrame(self, link, ++sequence, resync, deliveries);
    flights.add(new Flight(sequence, frame.weight()));
    flightBytes += frame.weight();
    return frame;
  }

  /** Small deliveries must not make the queue long without making it large. */
  private static int cost(Bytes delivery) {
    return delivery.length() + LinkFrame.OVERHEAD;
  }
}
