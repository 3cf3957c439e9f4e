package dev.carillon.cluster.presence;

import com.hazelcast.map.IMap;
import dev.carillon.channel.ClientInfo;
import dev.carillon.wire.Incarnation;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
 * <p>Of each channel at most one change is under way; what comes meanwhile goes together in the
 * next one. So changes of a client arrive in order, and a busy channel costs one operation for each
 * round trip. A change that failed is made again until it succeeds, so that the map converges.
 */
final class PresenceLoop {

  private static final Logger LOG = LoggerFactory.getLogger(PresenceLoop.class);

  private static final long RETRY_MILLIS = 500;

  private final Vertx vertx;
  private final Context context;
  private final IMap<String, ChannelPresence> map;
  private final BiConsumer<String, ClientInfo> leave;

  // Owned by the event loop of `context`.
  private Incarnation self;
  private final Map<String, Channel> channels = new HashMap<>();

  /** This node's part of one channel. */
  private static final class Channel {
    /** Who is in it now. */
    final Map<String, Present> clients = new LinkedHashMap<>();

    /** What the owner was not told yet, by client. */
    Map<String, Change> waiting = new LinkedHashMap<>();

    /** All of the change that is under way, or of the last one. */
    Future<?> current = Future.succeededFuture();

    boolean underWay;
  }

  /**
   * What the owner has to be told of a client.
   *
   * @param present the client; null when it is gone
   * @param gone who it was, when nobody waits any more to tell the others that it left
   * @param told whether it was there before
   */
  private record Change(@Nullable Present present, @Nullable Present gone, Promise<Boolean> told) {}

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
    var channel = channels.computeIfAbsent(name, fresh -> new Channel());
    var client = present.info().client();
    channel.clients.put(client, present);
    return change(name, channel, client, present).mapEmpty();
  }

  Future<Boolean> remove(String name, String client) {
    var channel = channels.computeIfAbsent(name, fresh -> new Channel());
    var before = channel.clients.remove(client);
    return change(name, channel, client, null)
        .onFailure(
            cause -> channel.waiting.computeIfPresent(client, (c, next) -> late(next, before)));
  }

  /** The removal is tried again, and whoever asked for it does not wait for it. */
  private static Change late(Change next, @Nullable Present gone) {
    return next.present == null ? new Change(null, gone, next.told) : next;
  }

  /** Tells the owners again who is here, after copies may have been lost. */
  void refresh() {
    channels.forEach(
        (name, channel) -> {
          channel.clients.forEach(
              (client, present) ->
                  channel.waiting.putIfAbsent(
                      client, new Change(present, null, Promise.promise())));
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
    before.forEach(
        channel -> {
          channel.waiting.values().forEach(PresenceLoop::forget);
          channel.waiting.clear();
        });
  }

  /** Others have taken out who was to be removed, and told of it. */
  private static void forget(Change change) {
    if (change.present == null) {
      change.told.complete(false);
    } else {
      change.told.fail("this node was taken for dead");
    }
  }

  /** Removes everybody of this loop; succeeds when the owners know. */
  Future<Void> close() {
    var removed = new ArrayList<Future<?>>();
    for (var name : Set.copyOf(channels.keySet())) {
      var channel = channels.get(name);
      if (channel != null) {
        List.copyOf(channel.clients.keySet()).forEach(client -> removed.add(remove(name, client)));
        // Those who were removed before may be told in a change that is under way, or in the next.
        removed.add(channel.current);
        channel.waiting.values().forEach(change -> removed.add(change.told.future()));
      }
    }
    return Future.join(removed).mapEmpty();
  }

  /** What is told last counts; who asked for something earlier learns of the same outcome. */
  private Future<Boolean> change(
      String name, Channel channel, String client, @Nullable Present present) {
    var before = channel.waiting.get(client);
    Promise<Boolean> told = before == null ? Promise.promise() : before.told;
    channel.waiting.put(client, new Change(present, null, told));
    flush(name, channel);
    return told.future();
  }

  private void flush(String name, Channel channel) {
    if (channel.underWay || channel.waiting.isEmpty()) {
      return;
    }
    var batch = channel.waiting;
    channel.waiting = new LinkedHashMap<>();
    channel.underWay = true;
    var submitted = submit(name, batch);
    channel.current = submitted;
    submitted.onComplete(
        absent -> succeeded(name, channel, batch, absent),
        cause -> failed(name, channel, batch, cause));
  }

  private Future<@Nullable Absent> submit(String name, Map<String, Change> batch) {
    var added = new ArrayList<Present>();
    var removed = new ArrayList<String>();
    batch.forEach(
        (client, change) -> {
          if (change.present == null) {
            removed.add(client);
          } else {
            added.add(change.present);
          }
        });
    // Inside compose, so that a data grid that stopped fails the change and does not throw.
    return Future.succeededFuture()
        .compose(
            begin ->
                Future.<@Nullable Absent>fromCompletionStage(
                    map.submitToKey(name, new ChangePresence(self, added, removed)), context));
  }

  private void succeeded(
      String name, Channel channel, Map<String, Change> batch, @Nullable Absent absent) {
    channel.underWay = false;
    batch.forEach(
        (client, change) -> {
          boolean there = absent == null || !absent.contains(client);
          if (there && change.gone != null && change.gone.announced()) {
            leave.accept(name, change.gone.info());
          }
          change.told.complete(there);
        });
    flush(name, channel);
    if (channel.clients.isEmpty() && !channel.underWay) {
      channels.remove(name, channel);
    }
  }

  private void failed(String name, Channel channel, Map<String, Change> batch, Throwable cause) {
    if (channels.get(name) != channel) {
      // Of the incarnation before this one.
      batch.values().forEach(PresenceLoop::forget);
      return;
    }
    LOG.debug("Presence of {} is told again", name, cause);
    batch.forEach(
        (client, change) ->
            channel.waiting.putIfAbsent(
                client, new Change(change.present, change.gone, Promise.promise())));
    batch.values().forEach(change -> change.told.fail(cause));
    vertx.setTimer(
        RETRY_MILLIS,
        again -> {
          channel.underWay = false;
          flush(name, channel);
        });
  }
}
