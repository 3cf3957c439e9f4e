package dev.carillon.broker;

import dev.carillon.channel.StreamPosition;
import dev.carillon.stream.ChannelPosition;
import io.vertx.core.Future;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Compares what was seen of all open channels of some parts with the tops of their streams: the
 * full pass for when no log can tell what changed. One batch at a time, and slowly enough that
 * owners and this node go on with their work. Owned by the event loop of its FeedLoop.
 */
final class PositionCheck {

  /** Told what was seen of a channel, and what its stream's top was after that. */
  @FunctionalInterface
  interface Comparison {
    void compare(OpenChannel channel, StreamPosition seen, @Nullable StreamPosition top);
  }

  private final Map<String, OpenChannel> channels;
  private final FeedShared shared;
  private final Comparison comparison;
  private final LongFunction<Future<Void>> pause;

  /** To be asked for, those of a part together: that is much cheaper for the owners. */
  private final Set<OpenChannel> waiting = new LinkedHashSet<>();

  private boolean asking;

  /**
   * @param pause succeeds after so many milliseconds
   */
  PositionCheck(
      Map<String, OpenChannel> channels,
      FeedShared shared,
      Comparison comparison,
      LongFunction<Future<Void>> pause) {
    this.channels = channels;
    this.shared = shared;
    this.comparison = comparison;
    this.pause = pause;
  }

  /** Begins to compare all channels of these parts. */
  void all(Set<Integer> parts) {
    channels.values().stream()
        .filter(channel -> channel.position != null && parts.contains(channel.part))
        .sorted(Comparator.comparingInt(channel -> channel.part))
        .forEach(waiting::add);
    next();
  }

  /** To be called once in a while: what could not be asked is tried again. */
  void due() {
    next();
  }

  private void next() {
    if (asking || waiting.isEmpty()) {
      return;
    }
    asking = true;
    Map<OpenChannel, StreamPosition> observed = take();
    shared
        .streams()
        .tops(observed.keySet().stream().map(channel -> channel.name).toList())
        .onFailure(
            failure -> {
              waiting.addAll(observed.keySet());
              asking = false;
            })
        .onSuccess(tops -> compared(observed, tops));
  }

  private void compared(
      Map<OpenChannel, StreamPosition> observed, Map<String, StreamPosition> tops) {
    shared.counts().compared.add(observed.size());
    observed.forEach(
        (channel, seen) -> {
          if (isOpen(channel)) {
            comparison.compare(channel, seen, tops.get(channel.name));
          }
        });
    rest(observed.size())
        .onComplete(
            rested -> {
              asking = false;
              next();
            });
  }

  /** All loops together may ask for as many channels in a second as the option says. */
  private Future<Void> rest(int asked) {
    long millis = asked * 1_000L * shared.loops() / shared.options().positionCheckMaxRate();
    return waiting.isEmpty() || millis == 0 ? Future.succeededFuture() : pause.apply(millis);
  }

  /** The next batch, with what was seen of each channel before the question goes out. */
  private Map<OpenChannel, StreamPosition> take() {
    Map<OpenChannel, StreamPosition> observed = new LinkedHashMap<>();
    Iterator<OpenChannel> next = waiting.iterator();
    while (next.hasNext() && observed.size() < shared.options().positionCheckBatch()) {
      OpenChannel channel = next.next();
      next.remove();
      ChannelPosition position = channel.position;
      if (position != null && isOpen(channel)) {
        observed.put(channel, position.observed());
      }
    }
    return observed;
  }

  private boolean isOpen(OpenChannel channel) {
    return channels.get(channel.name) == channel;
  }
}
