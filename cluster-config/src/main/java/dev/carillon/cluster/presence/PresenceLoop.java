package dev.carillon.cluster.presence;

import dev.carillon.channel.ClientInfo;
import dev.carillon.port.SteadyTime;
import dev.carillon.wire.Incarnation;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
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
  private final PresenceGrid grid;
  private final BiConsumer<String, ClientInfo> leave;
  private final PresenceAudit audit;

  // Owned by the event loop of `context`.
  private final Map<String, Channel> channels = new HashMap<>();
  private Incarnation self;
  private long batches;

  /** This node's part of one channel. */
  private static final class Channel {
    final ChannelChanges changes = new ChannelChanges();

    /** When the next batch may begin; milliseconds that never go backward. */
    long notBefore = SteadyTime.millis();

    boolean isTimerSet;

    /** The number of the last batch; answers to others come too late. */
    long batch;

    /** To whom it was sent; null when that is not known. */
    @Nullable Incarnation owner;
  }

  /**
   * That the owner was told everything of a channel.
   *
   * @param batch the last one that it was told
   * @param digest of those who are here
   */
  record Told(Incarnation self, long batch, long digest) {}

  /**
   * @param leave tells the others that a client left a channel whose removal took longer than its
   *     caller waited
   */
  PresenceLoop(
      Vertx vertx,
      Context context,
      PresenceGrid grid,
      Incarnation self,
      BiConsumer<String, ClientInfo> leave) {
    this.vertx = vertx;
    this.context = context;
    this.grid = grid;
    this.self = self;
    this.leave = leave;
    this.audit = new PresenceAudit(vertx, this);
  }

  /** Begins to compare what was told with what the owners keep. */
  void open() {
    audit.open();
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

  /** Finds out whether the owners still know who is here, after copies may have been lost. */
  void refresh() {
    audit.soon();
  }

  /**
   * Begins anew what waits for the copy on a member that has died, which would take seconds. What
   * the dead one was asked itself the data grid asks the next owner.
   */
  void lost(Incarnation member) {
    Map.copyOf(channels)
        .forEach(
            (name, channel) -> {
              var owner = channel.owner;
              if (channel.changes.isUnderWay() && owner != null && !owner.equals(member)) {
                audit.uncertain(name);
                channel.batch = ++batches;
                channel.changes.interrupted(new TimeoutException("a member died meanwhile"));
                flush(name, channel);
              }
            });
  }

  Set<String> names() {
    return Set.copyOf(channels.keySet());
  }

  /** Empty while something is under way. */
  Optional<Told> told(String name) {
    var channel = channels.get(name);
    if (channel == null) {
      return Optional.of(new Told(self, 0, 0));
    }
    return channel.changes.isSettled()
        ? Optional.of(new Told(self, channel.batch, channel.changes.digest()))
        : Optional.empty();
  }

  /** What the owners know of this node's clients in each of the channels. */
  Future<Map<String, Long>> digests(Set<String> names) {
    var question = new DigestPresence(self);
    return ask(() -> grid.map().submitToKeys(names, question));
  }

  /**
   * Tells the owner again who is in a channel, unless something has changed meanwhile.
   *
   * @return whether there was something to tell
   */
  Future<Boolean> correct(String name, Told before) {
    var question = new ReadPresence(Set.of(before.self()));
    return this.<@Nullable ChannelPresence>ask(() -> grid.map().submitToKey(name, question))
        .map(kept -> correct(name, before, kept == null ? new ChannelPresence() : kept));
  }

  private boolean correct(String name, Told before, ChannelPresence kept) {
    if (kept.digest(before.self()) == before.digest()
        || told(name).filter(before::equals).isEmpty()) {
      return false;
    }
    var channel = channel(name);
    channel.changes.correct(kept.clients());
    flush(name, channel);
    return true;
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
    long early = channel.notBefore - SteadyTime.millis();
    if (early > 0 && channel.changes.isWaiting()) {
      flushLater(name, channel, early);
      return;
    }
    var batch = channel.changes.begin();
    if (batch == null) {
      return;
    }
    channel.notBefore = SteadyTime.millis() + BATCH_MILLIS;
    channel.batch = ++batches;
    long number = channel.batch;
    submit(name, channel, batch)
        .onComplete(
            answer -> {
              if (!isLate(name, channel, number)) {
                answered(name, channel, answer);
              }
            });
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

  private Future<@Nullable Absent> submit(
      String name, Channel channel, ChannelChanges.Batch batch) {
    var change = new ChangePresence(self, batch.added(), batch.removed());
    return ask(
        () -> {
          channel.owner = grid.owner(name);
          return grid.map().submitToKey(name, change);
        });
  }

  /** Inside compose, so that a data grid that stopped fails the question and does not throw. */
  private <T extends @Nullable Object> Future<T> ask(Supplier<CompletionStage<T>> question) {
    return Future.succeededFuture()
        .compose(begin -> Future.fromCompletionStage(question.get(), context));
  }

  private void answered(String name, Channel channel, AsyncResult<@Nullable Absent> answer) {
    if (answer.succeeded()) {
      succeeded(name, channel, answer.result());
    } else {
      failed(name, channel, answer.cause());
    }
  }

  private void succeeded(String name, Channel channel, @Nullable Absent absent) {
    channel.changes.succeeded(absent, info -> leave.accept(name, info));
    if (channel.changes.isOver()) {
      channels.remove(name);
    } else {
      flush(name, channel);
    }
  }

  private void failed(String name, Channel channel, Throwable cause) {
    LOG.debug("Presence of {} is told again", name, cause);
    audit.uncertain(name);
    channel.notBefore = SteadyTime.millis() + RETRY_MILLIS;
    channel.changes.failed(cause);
    flush(name, channel);
  }

  /** It was begun by the incarnation before this one, or has been begun anew. */
  private boolean isLate(String name, Channel channel, long batch) {
    return channels.get(name) != channel || channel.batch != batch;
  }
}
