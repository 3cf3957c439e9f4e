package dev.carillon.cluster.presence;

import dev.carillon.channel.ClientInfo;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * This node's part of one channel: who is in it, and what its owner was not told yet. Pure: time
 * and the owner's answers come from outside. Not safe for several threads.
 *
 * <p>At most one batch is under way; what comes meanwhile goes together in the next one. So changes
 * of a client arrive in order, and each is made again until it has succeeded.
 *
 * <p>Every removal of a client that was there is told to exactly one: to whoever asked for it, or,
 * when he was told that it failed, by {@link #succeeded}. A change that failed may have been made
 * nevertheless. So a client who is not there when its removal is tried again was removed by the try
 * before: others take out the clients of dead nodes only.
 */
final class ChannelChanges {

  /** What the owner is told in one step. */
  record Batch(List<Present> added, List<String> removed) {}

  /**
   * What the owner has to be told of a client.
   *
   * @param present the client; null when it is gone
   * @param gone who it was, when nobody waits any more to tell the others that it left
   * @param again whether its removal was tried before
   * @param told whether it was there before
   */
  private record Change(
      @Nullable Present present, @Nullable Present gone, boolean again, Promise<Boolean> told) {

    Change owing(@Nullable Present client) {
      return new Change(present, client, again, told);
    }
  }

  private final Map<String, Present> clients = new LinkedHashMap<>();
  private Map<String, Change> waiting = new LinkedHashMap<>();
  private @Nullable Map<String, Change> current;

  /** Whether nobody is here and nothing is left to tell. */
  boolean isOver() {
    return clients.isEmpty() && waiting.isEmpty() && current == null;
  }

  /** Whether there is something for another batch. */
  boolean isWaiting() {
    return !waiting.isEmpty();
  }

  List<String> clients() {
    return List.copyOf(clients.keySet());
  }

  /** The outcome of everything that was asked for and is not done yet. */
  List<Future<Boolean>> pending() {
    var pending = new ArrayList<Future<Boolean>>();
    waiting.values().forEach(change -> pending.add(change.told.future()));
    if (current != null) {
      current.values().forEach(change -> pending.add(change.told.future()));
    }
    return pending;
  }

  Future<Boolean> add(Present present) {
    var client = present.info().client();
    clients.put(client, present);
    return change(client, present);
  }

  Future<Boolean> remove(String client) {
    var before = clients.remove(client);
    return change(client, null)
        .onFailure(cause -> waiting.computeIfPresent(client, (c, next) -> owing(next, before)));
  }

  /** The removal is tried again, and whoever asked for it does not wait for it. */
  private static Change owing(Change next, @Nullable Present before) {
    return next.present == null && next.gone == null ? next.owing(before) : next;
  }

  /** What is told last counts; who asked for something earlier learns of the same outcome. */
  private Future<Boolean> change(String client, @Nullable Present present) {
    var before = waiting.get(client);
    var change =
        before == null
            ? new Change(present, null, false, Promise.promise())
            : new Change(present, before.gone, before.again, before.told);
    waiting.put(client, change);
    return change.told.future();
  }

  /** Whether an answer is awaited. */
  boolean isUnderWay() {
    return current != null;
  }

  /** Whether the owner was told everything. */
  boolean isSettled() {
    return waiting.isEmpty() && current == null;
  }

  /** Who is here, as {@link ChannelPresence#digest} counts them. */
  long digest() {
    return clients.values().stream().mapToLong(Present::digest).sum();
  }

  /**
   * Tells the owner who is here and should be known to it, and who is gone. The leaves of those
   * were told before.
   *
   * @param kept whom the owner takes for clients of this node
   */
  void correct(Map<String, Present> kept) {
    clients.forEach(
        (client, present) -> {
          if (!present.equals(kept.get(client))) {
            waiting.putIfAbsent(client, new Change(present, null, false, Promise.promise()));
          }
        });
    for (var client : kept.keySet()) {
      if (!clients.containsKey(client)) {
        waiting.putIfAbsent(client, new Change(null, null, false, Promise.promise()));
      }
    }
  }

  /** The next batch, which is under way from now on; null when there is none to begin. */
  @Nullable Batch begin() {
    if (current != null || waiting.isEmpty()) {
      return null;
    }
    var batch = new Batch(new ArrayList<>(), new ArrayList<>());
    waiting.forEach(
        (client, change) -> {
          if (change.present == null) {
            batch.removed.add(client);
          } else {
            batch.added.add(change.present);
          }
        });
    current = waiting;
    waiting = new LinkedHashMap<>();
    return batch;
  }

  /**
   * The batch was made.
   *
   * @param absent those to be removed who were not there; null for none
   * @param leave gets those whose leave nobody else will tell, before anybody learns of the outcome
   */
  void succeeded(@Nullable Absent absent, Consumer<ClientInfo> leave) {
    var made = take();
    made.forEach(
        (client, change) -> {
          boolean there = absent == null || !absent.contains(client);
          var gone = change.gone;
          if (gone != null && gone.announced() && (there || change.again)) {
            leave.accept(gone.info());
          }
        });
    made.forEach(
        (client, change) -> {
          boolean there = absent == null || !absent.contains(client);
          change.told.complete(there && change.gone == null);
        });
  }

  /** The batch may have been made or not: what has not changed meanwhile is tried again. */
  void failed(Throwable cause) {
    var made = take();
    made.forEach((client, change) -> waiting.merge(client, retry(change), ChannelChanges::newer));
    made.values().forEach(change -> change.told.fail(cause));
  }

  /**
   * The answer would come late. As {@link #failed}, but whoever waits for somebody to be added goes
   * on waiting.
   */
  void interrupted(Throwable cause) {
    var made = take();
    made.forEach(
        (client, change) ->
            waiting.merge(
                client, change.present == null ? retry(change) : change, ChannelChanges::newer));
    made.values().stream()
        .filter(change -> change.present == null)
        .forEach(change -> change.told.fail(cause));
  }

  private static Change retry(Change change) {
    return new Change(change.present, change.gone, change.present == null, Promise.promise());
  }

  /** What was asked for while the batch was under way, after what has to be tried again. */
  private static Change newer(Change asked, Change before) {
    asked.told.future().onComplete(before.told);
    return new Change(asked.present, before.gone, before.again, asked.told);
  }

  /** Everything that was is over: others have taken out who was here, and told of it. */
  void forget() {
    clients.clear();
    drop(waiting);
    waiting = new LinkedHashMap<>();
    if (current != null) {
      var dropped = current;
      current = null;
      drop(dropped);
    }
  }

  private static void drop(Map<String, Change> changes) {
    changes
        .values()
        .forEach(
            change -> {
              if (change.present == null) {
                change.told.complete(false);
              } else {
                change.told.fail("this node was taken for dead");
              }
            });
  }

  private Map<String, Change> take() {
    var made = current;
    if (made == null) {
      throw new IllegalStateException("an answer (expected: to a batch that is under way)");
    }
    current = null;
    return made;
  }
}
