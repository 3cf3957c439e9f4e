package dev.carillon.cluster.presence;

import com.hazelcast.map.IMap;
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
import java.util.Optional;
import java.util.Set;
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
  private final Incarnation self;

  // Owned by the event loop of `context`.
  private final Map<String, Channel> channels = new HashMap<>();

  /** This node's part of one channel. */
  private static final class Channel {
    /** Who is in it now. */
    final Map<String, Present> clients = new LinkedHashMap<>();

    /** What the owner was not told yet: present, or gone. */
    final Map<String, Optional<Present>> waiting = new LinkedHashMap<>();

    Promise<Void> next = Promise.promise();

    /** The change that is under way, or the last one. */
    Future<Void> current = Future.succeededFuture();

    boolean underWay;
  }

  /** One change that is under way. */
  private record Attempt(Map<String, Optional<Present>> batch, Promise<Void> told) {}

  PresenceLoop(Vertx vertx, Context context, IMap<String, ChannelPresence> map, Incarnation self) {
    this.vertx = vertx;
    this.context = context;
    this.map = map;
    this.self = self;
  }

  Context context() {
    return context;
  }

  Future<Void> add(String name, Present present) {
    var channel = channels.computeIfAbsent(name, fresh -> new Channel());
    var client = present.info().client();
    channel.clients.put(client, present);
    return change(name, channel, client, Optional.of(present));
  }

  Future<Void> remove(String name, String client) {
    var channel = channels.computeIfAbsent(name, fresh -> new Channel());
    channel.clients.remove(client);
    return change(name, channel, client, Optional.empty());
  }

  /** Tells the owners again who is here, after copies may have been lost. */
  void refresh() {
    channels.forEach(
        (name, channel) -> {
          channel.clients.forEach(
              (client, present) -> channel.waiting.putIfAbsent(client, Optional.of(present)));
          flush(name, channel);
        });
  }

  /** Removes everybody of this loop; succeeds when the owners know. */
  Future<Void> close() {
    var removed = new ArrayList<Future<Void>>();
    for (var name : Set.copyOf(channels.keySet())) {
      var channel = channels.get(name);
      if (channel != null) {
        List.copyOf(channel.clients.keySet()).forEach(client -> removed.add(remove(name, client)));
        // Those who were removed before may be told in a change that is under way, or in the next.
        removed.add(channel.waiting.isEmpty() ? channel.current : channel.next.future());
      }
    }
    return Future.join(removed).mapEmpty();
  }

  private Future<Void> change(
      String name, Channel channel, String client, Optional<Present> state) {
    channel.waiting.put(client, state);
    var changed = channel.next.future();
    flush(name, channel);
    return changed;
  }

  private void flush(String name, Channel channel) {
    if (channel.underWay || channel.waiting.isEmpty()) {
      return;
    }
    var batch = new LinkedHashMap<>(channel.waiting);
    var told = channel.next;
    channel.current = told.future();
    channel.waiting.clear();
    channel.next = Promise.promise();
    channel.underWay = true;
    submit(name, batch)
        .onComplete(
            done -> succeeded(name, channel, told),
            cause -> failed(name, channel, new Attempt(batch, told), cause));
  }

  private Future<Void> submit(String name, Map<String, Optional<Present>> batch) {
    var added = new ArrayList<Present>();
    var removed = new ArrayList<String>();
    batch.forEach((client, state) -> state.ifPresentOrElse(added::add, () -> removed.add(client)));
    // Inside compose, so that a data grid that stopped fails the change and does not throw.
    return Future.succeededFuture()
        .compose(
            begin ->
                Future.<Void>fromCompletionStage(
                    map.submitToKey(name, new ChangePresence(self, added, removed)), context));
  }

  private void succeeded(String name, Channel channel, Promise<Void> told) {
    channel.underWay = false;
    told.complete();
    flush(name, channel);
    if (channel.clients.isEmpty() && !channel.underWay) {
      channels.remove(name);
    }
  }

  private void failed(String name, Channel channel, Attempt attempt, Throwable cause) {
    LOG.debug("Presence of {} is told again", name, cause);
    attempt.batch().forEach(channel.waiting::putIfAbsent);
    attempt.told().fail(cause);
    vertx.setTimer(
        RETRY_MILLIS,
        again -> {
          channel.underWay = false;
          flush(name, channel);
        });
  }
}
