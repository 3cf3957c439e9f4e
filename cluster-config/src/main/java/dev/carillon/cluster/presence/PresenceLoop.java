package dev.carillon.cluster.presence;

import com.hazelcast.map.IMap;
import dev.carillon.channel.ClientInfo;
import dev.carillon.wire.Incarnation;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clients of this node in the channels that one event loop has, and the changes that are on
 * their way to the owners.
 *
 * <p>A lone change goes to the owner at once. What comes within 10 ms after it, or while it is
 * under way, goes together in the next one, so that a busy channel costs 100 operations a second
 * and not one for each client. A change that failed is made again until it succeeds, so that the
 * map converges.
 */
final class PresenceLoop {

  private static final Logger LOG = LoggerFactory.getLogger(PresenceLoop.class);

  /** Between the beginnings of two batches; a person does not notice it. */
  private static final long BATCH_MILLIS = 10;

  private static final long RETRY_MILLIS = 500;

  private final Vertx vertx;
  private final Context context;
  private final IMap<String, ChannelPresence> map;
  private final BiConsumer<String, ClientInfo> leave;

  // Owned by the event loop of `context`.
  private final Map<String, Channel> channels = new HashMap<>();
  private Incarnation self;

  /** This node's part of one channel. */
  private static final class Channel {
    final ChannelChanges changes = new ChannelChanges();

    /** When the next batch may begin; milliseconds that never go backward. */
    long notBefore = now();

    boolean isTimerSet;
  }

  /**
   * @param map {@code carillon.presence}
   * @param leave tells the others that a client left a channel whose removal took longer than its
   *     caller waited
   */
  PresenceLoop(
      Vertx vertx,
      Context context,
      IMap<String, ChannelPresence> map,
      Incarnation self,
      BiConsumer<String, ClientInfo> leave) {
    this.vertx = vertx;
    this.context = context;
    this.map = map;
    this.self = self;
    this.leave = leave;
  }

  Context context() {
    return context;
  }

  Future<Void> add(String name, Present present) {
    var channel = channel(name);
    var added = channel.changes.add(present);
    flush(name, channel);
    return added.mapEmpty();
  }

  Future<Boolean> remove(String name, String client) {
    var channel = channel(name);
    var removed = channel.changes.remove(client);
    flush(name, channel);
    return removed;
  }

  private Channel channel(String name) {
    return channels.computeIfAbsent(name, fresh -> new Channel());
  }

  /** Tells the owners again who is here, after copies may have been lost. */
  void refresh() {
    Map.copyOf(channels)
        .forEach(
            (name, channel) -> {
              channel.changes.refresh();
              flush(name, channel);
            });
  }

  /**
   * Goes on as another incarnation, without anybody: the clients of the one before are gone for all
   * others. What was on its way is not told again.
   */
  void renew(Incarnation incarnation) {
    self = incarnation;
    var before = List.copyOf(channels.values());
    channels.clear();
    before.forEach(channel -> channel.changes.forget());
  }

  /** Removes everybody of this loop; succeeds when the owners know. */
  Future<Void> close() {
    var removed = new ArrayList<Future<?>>();
    for (var name : Set.copyOf(channels.keySet())) {
      var channel = channel(name);
      channel.changes.clients().forEach(client -> removed.add(remove(name, client)));
      // Those who were removed before may be told in a change that is under way, or in the next.
      removed.addAll(channel.changes.pending());
    }
    return Future.join(removed).mapEmpty();
  }

  private void flush(String name, Channel channel) {
    long early = channel.notBefore - now();
    if (early > 0 && channel.changes.isWaiting()) {
      flushLater(name, channel, early);
      return;
    }
    var batch = channel.changes.begin();
    if (batch == null) {
      return;
    }
    channel.notBefore = now() + BATCH_MILLIS;
    submit(name, batch)
        .onComplete(
            absent -> succeeded(name, channel, absent), cause -> failed(name, channel, cause));
  }

  private void flushLater(String name, Channel channel, long millis) {
    if (!channel.isTimerSet) {
      channel.isTimerSet = true;
      vertx.setTimer(
          millis,
          fired -> {
            channel.isTimerSet = false;
            flush(name, channel);
          });
    }
  }

  private Future<@Nullable Absent> submit(String name, ChannelChanges.Batch batch) {
    var change = new ChangePresence(self, batch.added(), batch.removed());
    // Inside compose, so that a data grid that stopped fails the change and does not throw.
    return Future.succeededFuture()
        .compose(
            begin ->
                Future.<@Nullable Absent>fromCompletionStage(
                    map.submitToKey(name, change), context));
  }

  private void succeeded(String name, Channel channel, @Nullable Absent absent) {
    if (isOfBefore(name, channel)) {
      return;
    }
    channel.changes.succeeded(absent, info -> leave.accept(name, info));
    if (channel.changes.isOver()) {
      channels.remove(name);
    } else {
      flush(name, channel);
    }
  }

  private void failed(String name, Channel channel, Throwable cause) {
    if (isOfBefore(name, channel)) {
      return;
    }
    LOG.debug("Presence of {} is told again", name, cause);
    channel.notBefore = now() + RETRY_MILLIS;
    channel.changes.failed(cause);
    flush(name, channel);
  }

  /** It was begun by the incarnation before this one. */
  private boolean isOfBefore(String name, Channel channel) {
    return channels.get(name) != channel;
  }

  private static long now() {
    return System.nanoTime() / 1_000_000;
  }
}
