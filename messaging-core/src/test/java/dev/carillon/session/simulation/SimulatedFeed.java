package dev.carillon.session.simulation;

import dev.carillon.channel.ChannelEvent;
import dev.carillon.channel.Publication;
import dev.carillon.session.Subscriber;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The way of one channel's events to one client. In order, but late by any time; what is on the way
 * when a subscription ends may reach the next one.
 */
final class SimulatedFeed {

  /** In the queue in place of what was lost and noticed. */
  private static final Object LOSS = "loss";

  /** In the queue in place of what is late. */
  private record Late(Publication publication) {}

  private final Deque<Object> underWay = new ArrayDeque<>();
  @Nullable Subscriber subscriber;
  boolean attached;

  /** Whether something was lost that nobody could notice yet. */
  boolean lost;

  void published(ChannelEvent event) {
    if (attached) {
      underWay.add(event);
    }
  }

  /** Loses the next event, as no feed should; the session has to notice at the one after it. */
  void lose() {
    if (underWay.peek() instanceof Publication) {
      underWay.remove();
      lost = true;
    }
  }

  void repeat() {
    Object first = underWay.peek();
    if (first != null) {
      underWay.addFirst(first);
    }
  }

  /** Loses the next event, as no feed can help, and says so in its place. */
  void loseAndReport() {
    if (underWay.poll() != null) {
      underWay.addFirst(LOSS);
    }
  }

  /** Holds the next event up for longer than anybody wants to wait. */
  void delay() {
    if (underWay.peek() instanceof Publication publication) {
      underWay.remove();
      underWay.addFirst(new Late(publication));
    }
  }

  boolean isEmpty() {
    return underWay.isEmpty();
  }

  void deliver() {
    Object next = underWay.poll();
    Subscriber receiver = subscriber;
    if (receiver == null || next == null) {
      return;
    }
    if (next instanceof ChannelEvent event) {
      receiver.event(event);
    } else if (next instanceof Late late) {
      receiver.late(late.publication());
    } else {
      receiver.insufficient();
    }
  }
}
