package dev.carillon.broker;

import dev.carillon.channel.ChannelEvent;
import dev.carillon.port.FeedListener;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one turn of an event loop has for the listeners, so that each listener is called over once,
 * with the events of a channel in one list. Owned by the event loop of its FeedLoop.
 */
final class Outbox {

  private final Map<OpenChannel, List<ChannelEvent>> events = new LinkedHashMap<>();
  private final Map<FeedListener, List<Runnable>> calls = new LinkedHashMap<>();

  void event(OpenChannel channel, ChannelEvent event) {
    events.computeIfAbsent(channel, fresh -> new ArrayList<>(4)).add(event);
  }

  void insufficient(OpenChannel channel) {
    move(channel, events.remove(channel));
    for (FeedListener listener : channel.listeners) {
      call(listener, () -> listener.insufficient(channel.name));
    }
  }

  /** Calls the listeners, each on its own context. */
  void flush() {
    events.forEach(this::move);
    events.clear();
    calls.forEach(
        (listener, runs) -> listener.context().runOnContext(go -> runs.forEach(Runnable::run)));
    calls.clear();
  }

  private void move(OpenChannel channel, @Nullable List<ChannelEvent> list) {
    if (list == null) {
      return;
    }
    List<ChannelEvent> fixed = List.copyOf(list);
    for (FeedListener listener : channel.listeners) {
      call(listener, () -> listener.events(channel.name, fixed));
    }
  }

  private void call(FeedListener listener, Runnable run) {
    calls.computeIfAbsent(listener, fresh -> new ArrayList<>(4)).add(run);
  }
}
