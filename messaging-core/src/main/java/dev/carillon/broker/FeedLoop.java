package dev.carillon.broker;

import dev.carillon.channel.ChannelDelivery;
import dev.carillon.channel.ChannelEvent;
import dev.carillon.channel.History;
import dev.carillon.channel.HistoryQuery;
import dev.carillon.channel.StreamOptions;
import dev.carillon.channel.StreamPosition;
import dev.carillon.port.FeedListener;
import dev.carillon.port.NodeLinks;
import dev.carillon.port.Streams;
import dev.carillon.stream.ChannelPosition;
import dev.carillon.stream.PositionEffect;
import dev.carillon.stream.StreamChange;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The open channels of one event loop: carries out what their positions ask for. */
final class FeedLoop {

  private final Vertx vertx;
  private final Context context;
  private final FeedShared shared;
  private final Streams streams;
  private final BrokerOptions options;
  private final LongSupplier clock;

  /** Null until they are attached, before which no channel is open. */
  private volatile @Nullable NodeLinks links;

  // All below is owned by the event loop of the context.
  private final Map<String, OpenChannel> channels = new HashMap<>();
  private final Outbox outbox = new Outbox();
  private final PositionCheck check;
  private final StreamKeeper keeper;
  private final ReadGate gate;
  private final SharedReads reads;
  private int insufficient;
  private String insufficientExample = "";

  /** Milliseconds of a clock that never goes backward. */
  long now() {
    return clock.getAsLong();
  }

  FeedLoop(Context context, FeedShared shared) {
    this.vertx = context.owner();
    this.context = context;
    this.shared = shared;
    this.streams = shared.streams();
    this.options = shared.options();
    this.clock = shared.clock();
    this.gate = new ReadGate(options.fillMaxConcurrent());
    this.reads = new SharedReads(streams::read);
    this.check = new PositionCheck(channels, shared, this::compared, vertx::timer);
    this.keeper = new StreamKeeper(channels, streams, options.positionCheckBatch());
  }

  Context context() {
    return context;
  }

  /** From now on other nodes are told which channels are open here. */
  void attach(NodeLinks nodeLinks) {
    links = nodeLinks;
  }

  Future<Void> open(String name, StreamOptions streamOptions, FeedListener listener) {
    OpenChannel channel = channels.get(name);
    if (channel == null) {
      int part = streams.part(name);
      channel = new OpenChannel(name, part, streamOptions, options.positionLimits());
      channels.put(name, channel);
      shared.parts().opened(part);
      channel.opened = begin(channel);
    }
    channel.listeners.add(listener);
    return channel.opened;
  }

  void close(String name, FeedListener listener) {
    OpenChannel channel = channels.get(name);
    if (channel != null && channel.listeners.remove(listener) && channel.listeners.isEmpty()) {
      remove(channel);
    }
  }

  private void remove(OpenChannel channel) {
    NodeLinks others = links;
    if (channels.remove(channel.name, channel)) {
      shared.parts().closed(channel.part);
      if (others != null) {
        others.unfollow(channel.name);
      }
    }
  }

  /** Events of one channel, in the order in which they became known. */
  void arrived(String name, List<ChannelEvent> events) {
    take(name, events);
    outbox.flush();
  }

  void arrived(List<ChannelDelivery> deliveries) {
    for (ChannelDelivery delivery : deliveries) {
      take(delivery.channel(), List.of(delivery.event()));
    }
    outbox.flush();
  }

  /** Reads a part of a stream, together with others that ask for the same. */
  Future<History> history(String name, HistoryQuery query, StreamOptions streamOptions) {
    OpenChannel channel = channels.get(name);
    ChannelPosition position = channel == null ? null : channel.position;
    return reads.read(name, query, streamOptions, position == null ? null : position.delivered());
  }

  /** To be called often: keeps the streams that are due, and goes on with what had failed. */
  void due() {
    if (insufficient > 0) {
      shared.counts().log(insufficient, insufficientExample);
      insufficient = 0;
    }
    check.due();
    keeper.due(clock.getAsLong());
  }

  /** The owners of these streams say that they have changed. */
  void changed(List<StreamChange> changes) {
    for (StreamChange change : changes) {
      OpenChannel channel = channels.get(change.channel());
      ChannelPosition position = channel == null ? null : channel.position;
      if (channel != null && position != null) {
        position.changed(change.top(), clock.getAsLong());
        arm(channel);
      }
    }
  }

  /** Nobody can say what has changed in these parts: compares the positions of all channels. */
  void compareAll(Set<Integer> parts) {
    check.all(parts);
  }

  private Future<Void> begin(OpenChannel channel) {
    ChannelPosition position = channel.position;
    if (position == null) {
      return followed(channel);
    }
    position.start();
    return followed(channel)
        .compose(known -> streams.read(channel.name, HistoryQuery.POSITION, channel.options))
        .onSuccess(history -> follow(channel, position.filled(history, clock.getAsLong())))
        .onFailure(failure -> remove(channel))
        .mapEmpty();
  }

  /** What other nodes publish comes here when this has succeeded. */
  private Future<Void> followed(OpenChannel channel) {
    NodeLinks others = links;
    return others == null ? Future.succeededFuture() : others.follow(channel.name);
  }

  private void take(String name, List<ChannelEvent> events) {
    OpenChannel channel = channels.get(name);
    if (channel != null) {
      perform(channel, channel.arrived(events, clock.getAsLong(), outbox));
    }
  }

  private void compared(OpenChannel channel, StreamPosition seen, @Nullable StreamPosition top) {
    positionOf(channel).compare(top, seen, clock.getAsLong());
    arm(channel);
  }

  /** Effects that come from an answer or a timer instead of a batch of events. */
  private void follow(OpenChannel channel, List<PositionEffect> effects) {
    if (isOpen(channel)) {
      perform(channel, effects);
      outbox.flush();
    }
  }

  private void perform(OpenChannel channel, List<PositionEffect> effects) {
    for (PositionEffect effect : effects) {
      perform(channel, effect);
    }
    arm(channel);
  }

  private void perform(OpenChannel channel, PositionEffect effect) {
    if (effect instanceof PositionEffect.Deliver deliver) {
      deliver.publications().forEach(publication -> outbox.event(channel, publication));
    } else if (effect instanceof PositionEffect.Read read) {
      read(channel, read.since());
    } else if (effect instanceof PositionEffect.Ensure ensure) {
      ensure(channel, ensure.observed());
    } else {
      insufficient++;
      insufficientExample = channel.name;
      shared.counts().insufficient.increment();
      outbox.insufficient(channel);
    }
  }

  private void read(OpenChannel channel, @Nullable StreamPosition since) {
    HistoryQuery query =
        since == null
            ? HistoryQuery.POSITION
            : HistoryQuery.since(since, options.fillMaxPublications());
    ChannelPosition position = positionOf(channel);
    shared.counts().reads.increment();
    gate.pass(() -> streams.read(channel.name, query, channel.options))
        .onSuccess(history -> follow(channel, position.filled(history, clock.getAsLong())))
        .onFailure(failure -> follow(channel, position.failed(clock.getAsLong())));
  }

  private void ensure(OpenChannel channel, StreamPosition observed) {
    ChannelPosition position = positionOf(channel);
    gate.pass(() -> streams.ensure(channel.name, observed, channel.options))
        .onSuccess(top -> follow(channel, position.ensured(top, clock.getAsLong())))
        .onFailure(failure -> follow(channel, position.failed(clock.getAsLong())));
  }

  /** One timer for each channel that waits for something, and none for the others. */
  private void arm(OpenChannel channel) {
    ChannelPosition position = channel.position;
    if (position == null || channel.timerRuns || position.due() == Long.MAX_VALUE) {
      return;
    }
    channel.timerRuns = true;
    vertx.setTimer(Math.max(1, position.due() - clock.getAsLong()), fired -> due(channel));
  }

  private void due(OpenChannel channel) {
    channel.timerRuns = false;
    follow(channel, positionOf(channel).tick(clock.getAsLong()));
  }

  private boolean isOpen(OpenChannel channel) {
    return channels.get(channel.name) == channel;
  }

  private static ChannelPosition positionOf(OpenChannel channel) {
    ChannelPosition position = channel.position;
    if (position == null) {
      throw new IllegalStateException(channel.name + " (expected: a channel with history)");
    }
    return position;
  }
}
