package dev.carillon.broker;

import dev.carillon.channel.StreamPosition;
import dev.carillon.port.Streams;
import dev.carillon.stream.ChannelPosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares what was seen of the open channels with the tops of their streams, so that a publication
 * that no link brought is found by itself. Owned by the event loop of its FeedLoop.
 */
final class PositionCheck {

  /** Told what was seen of a channel, and what its stream's top was after that. */
  @FunctionalInterface
  interface Comparison {
    void compare(OpenChannel channel, StreamPosition seen, @Nullable StreamPosition top);
  }

  private final Map<String, OpenChannel> channels;
  private final Streams streams;
  private final BrokerOptions options;
  private final Comparison comparison;

  /** To be asked for, one batch at a time. */
  private final Set<String> waiting = new LinkedHashSet<>();

  /** Opened since the last time, and before it. */
  private List<OpenChannel> fresh = new ArrayList<>();

  private List<OpenChannel> settling = List.of();

  private Iterator<String> round = List.<String>of().iterator();
  private boolean asking;

  PositionCheck(
      Map<String, OpenChannel> channels,
      Streams streams,
      BrokerOptions options,
      Comparison comparison) {
    this.channels = channels;
    this.streams = streams;
    this.options = options;
    this.comparison = comparison;
  }

  /**
   * A channel was opened. It is compared once, a little later: a node that did not know of this one
   * yet may have published meanwhile.
   */
  void opened(OpenChannel channel) {
    fresh.add(channel);
  }

  /** Channels that were published to lately, those just opened, some of the quiet ones in turn. */
  void due(long now) {
    long recent = options.positionCheckRecent().toMillis();
    for (OpenChannel channel : channels.values()) {
      if (channel.publishedAt > 0 && now - channel.publishedAt <= recent) {
        add(channel);
      }
    }
    settling.forEach(this::add);
    settling = fresh;
    fresh = new ArrayList<>();
    if (!round.hasNext()) {
      round = List.copyOf(channels.keySet()).iterator();
    }
    int quiet = quiet();
    for (int i = 0; i < quiet && round.hasNext(); i++) {
      OpenChannel channel = channels.get(round.next());
      if (channel != null) {
        add(channel);
      }
    }
    next();
  }

  /** So many at a time that a round takes no longer than it may. */
  private int quiet() {
    long interval = options.positionCheckInterval().toMillis();
    long times = Math.max(1, options.channelPositionCheckDelay().toMillis() / interval);
    long needed = (channels.size() + times - 1) / times;
    return options.positionCheckQuiet() == 0
        ? 0
        : Math.max(options.positionCheckQuiet(), Math.toIntExact(needed));
  }

  void all() {
    channels.values().forEach(this::add);
    next();
  }

  private void add(OpenChannel channel) {
    if (channel.position != null) {
      waiting.add(channel.name);
    }
  }

  private void next() {
    if (asking || waiting.isEmpty()) {
      return;
    }
    asking = true;
    Map<String, StreamPosition> observed = take();
    streams
        .tops(observed.keySet())
        .onSuccess(tops -> compare(observed, tops))
        .onFailure(failure -> waiting.addAll(observed.keySet()))
        .onComplete(done -> asking = false)
        .onSuccess(tops -> next());
  }

  /** The next batch, with what was seen of each channel before the question goes out. */
  private Map<String, StreamPosition> take() {
    Map<String, StreamPosition> observed = new HashMap<>();
    Iterator<String> names = waiting.iterator();
    while (names.hasNext() && observed.size() < options.positionCheckBatch()) {
      String name = names.next();
      names.remove();
      OpenChannel channel = channels.get(name);
      ChannelPosition position = channel == null ? null : channel.position;
      if (position != null) {
        observed.put(name, position.observed());
      }
    }
    return observed;
  }

  private void compare(Map<String, StreamPosition> observed, Map<String, StreamPosition> tops) {
    observed.forEach(
        (name, seen) -> {
          OpenChannel channel = channels.get(name);
          if (channel != null) {
            comparison.compare(channel, seen, tops.get(name));
          }
        });
  }
}
