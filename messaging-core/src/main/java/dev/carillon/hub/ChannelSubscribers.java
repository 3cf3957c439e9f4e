package dev.carillon.hub;

import dev.carillon.session.Subscriber;
import io.vertx.core.Future;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The subscribers of one channel on one event loop. Each knows its slot, so that adding and
 * removing cost the same however many there are. Subscribers may come and go while others are
 * called: who has left is not called any more, who has come is called from the next time on.
 */
final class ChannelSubscribers {

  // Owned by the event loop of the hub. A slot is null when its subscriber left during a call.
  private @Nullable Subscriber[] slots = new Subscriber[4];
  private int used;
  private int count;
  private int calls;
  private Future<Void> opened = Future.failedFuture("the feed was not asked");

  /** Succeeds when the feed of the channel is complete. */
  Future<Void> opened() {
    return opened;
  }

  void opened(Future<Void> opened) {
    this.opened = opened;
  }

  int count() {
    return count;
  }

  boolean isEmpty() {
    return count == 0;
  }

  void add(Subscriber subscriber) {
    if (used == slots.length) {
      slots = Arrays.copyOf(slots, used * 2);
    }
    subscriber.slot(used);
    slots[used++] = subscriber;
    count++;
  }

  /** Says whether it was there. */
  boolean remove(Subscriber subscriber) {
    int slot = subscriber.slot();
    if (slot < 0 || slot >= used || slots[slot] != subscriber) {
      return false;
    }
    subscriber.slot(-1);
    slots[slot] = null;
    count--;
    if (calls == 0) {
      fill(slot);
    }
    return true;
  }

  void forEach(Consumer<Subscriber> call) {
    int end = used;
    calls++;
    try {
      for (int i = 0; i < end; i++) {
        Subscriber subscriber = slots[i];
        if (subscriber != null) {
          call.accept(subscriber);
        }
      }
    } finally {
      calls--;
      if (calls == 0 && count < used) {
        compact();
      }
    }
  }

  /** The last one takes the free slot. */
  private void fill(int free) {
    Subscriber last = slots[--used];
    slots[used] = null;
    if (last != null) {
      slots[free] = last;
      last.slot(free);
    }
  }

  private void compact() {
    for (int i = used - 1; i >= 0; i--) {
      if (slots[i] == null) {
        fill(i);
      }
    }
  }
}
