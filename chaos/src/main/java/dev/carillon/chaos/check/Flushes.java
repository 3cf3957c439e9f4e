package dev.carillon.chaos.check;

import dev.carillon.chaos.history.Op;
import dev.carillon.chaos.history.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What Redis alone had and {@code redis-flush} destroyed, as it is meant to. That is no excuse
 * where a client could believe that it has everything: where somebody stayed subscribed and should
 * have got it, or came back and was told that nothing is missing.
 */
final class Flushes {
  private static final String FLUSH = "redis-flush";

  /** A publication that was acknowledged and that nobody saw. */
  private record Unseen(String id, long sent, long acked) {}

  private final Map<String, List<Unseen>> unseen = new HashMap<>();
  private final Set<String> promised = new HashSet<>();

  private Flushes() {}

  /**
   * Which of these publications are gone honestly.
   *
   * @param ids publications that were acknowledged and that nobody saw
   */
  static Set<String> wiped(List<Operation> history, Set<String> ids) {
    long last =
        Strike.of(history).stream()
            .filter(strike -> strike.fault().equals(FLUSH))
            .mapToLong(strike -> strike.mended().orElse(strike.end()))
            .max()
            .orElse(-1);
    if (last < 0 || ids.isEmpty()) {
      return Set.of();
    }
    var flushes = new Flushes();
    flushes.collect(history, ids, last);
    flushes.promised.addAll(Liveness.undelivered(history));
    flushes.recoveries(history);
    return flushes.unseen.values().stream()
        .flatMap(List::stream)
        .map(Unseen::id)
        .filter(id -> !flushes.promised.contains(id))
        .collect(Collectors.toSet());
  }

  /** What was sent after the last flush was not destroyed by one. */
  private void collect(List<Operation> history, Set<String> ids, long last) {
    var sent = new HashMap<String, Long>();
    for (var operation : history) {
      var id = operation.id();
      if (operation.op() == Op.PUBLISH && ids.contains(id) && operation.at() <= last) {
        sent.put(id, operation.at());
      } else if (operation.op() == Op.ACK && sent.containsKey(id)) {
        unseen
            .computeIfAbsent(operation.channel(), channel -> new ArrayList<>())
            .add(new Unseen(id, sent.getOrDefault(id, 0L), operation.at()));
      }
    }
  }

  /**
   * A complete recovery that was asked for after the acknowledgement promises all that was sent
   * since the client began, or was told last that something is missing.
   */
  private void recoveries(List<Operation> history) {
    var told = new HashMap<String, Long>();
    var asked = new HashMap<String, Long>();
    var strays = new Strays();
    for (var operation : history) {
      strays.follow(operation);
      var key = operation.client() + " in " + operation.channel();
      switch (operation.op()) {
        case CONNECT -> asked.put(operation.client(), operation.at());
        case UNSUBSCRIBE -> asked.put(key, operation.at());
        case SUBSCRIBE -> told.put(key, operation.at());
        case RECOVER -> {
          if (operation.recovered()) {
            long since = Math.max(at(asked, key), at(asked, operation.client()));
            promise(operation.channel(), at(told, key), since);
          } else {
            told.put(key, operation.at());
          }
        }
        case DELIVER -> {
          if (strays.isStray(operation)) {
            told.put(key, operation.at());
          }
        }
        default -> {}
      }
    }
  }

  private static long at(Map<String, Long> times, String key) {
    return times.getOrDefault(key, Long.MIN_VALUE);
  }

  private void promise(String channel, long told, long asked) {
    unseen.getOrDefault(channel, List.of()).stream()
        .filter(publication -> publication.sent > told && publication.acked < asked)
        .forEach(publication -> promised.add(publication.id));
  }
}
