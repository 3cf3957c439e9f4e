package dev.carillon.broker;

import java.util.concurrent.atomic.AtomicIntegerArray;

/** How many channels this node follows in each part of the streams. Safe to call on any thread. */
final class OpenParts {

  private final AtomicIntegerArray channels;

  OpenParts(int parts) {
    channels = new AtomicIntegerArray(parts);
  }

  void opened(int part) {
    channels.incrementAndGet(part);
  }

  void closed(int part) {
    channels.decrementAndGet(part);
  }

  boolean isOpen(int part) {
    return channels.get(part) > 0;
  }
}
