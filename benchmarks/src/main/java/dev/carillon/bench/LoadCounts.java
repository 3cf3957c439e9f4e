package dev.carillon.bench;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What all clients of one thread saw. */
final class LoadCounts {

  final AtomicInteger ready = new AtomicInteger();
  final AtomicReference<@Nullable String> failed = new AtomicReference<>();

  /** Commands that were answered with an error. */
  final AtomicLong refused = new AtomicLong();

  final Latencies latencies = new Latencies();

  /** Written by the thread of the clients, read by others now and then. */
  volatile long delivered;

  void check() {
    String failure = failed.get();
    if (failure != null) {
      throw new IllegalStateException(failure);
    }
  }
}
