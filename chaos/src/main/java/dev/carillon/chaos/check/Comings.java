package dev.carillon.chaos.check;

import dev.carillon.chaos.history.Op;
import dev.carillon.chaos.history.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The part of I6 about those who watch: whoever stays subscribed is told of each coming and going
 * once. When all is quiet, of all that a client was told have come, those who are gone it was told
 * have left; and who came after it and is there, it was told has come.
 */
final class Comings {
  /**
   * Milliseconds by which somebody has to come later to be told of: the answer to a subscribe may
   * be seen later than that to another one that was given after it.
   */
  private static final long LATER = 10_000;

  /** A client in a channel. */
  private record Place(String client, String channel) {}

  private final Clients clients = new Clients();
  private final Map<Place, Long> since = new HashMap<>();
  private final Map<Place, Set<String>> joined = new HashMap<>();
  private final Map<Place, Set<String>> left = new HashMap<>();
  private final List<String> broken = new ArrayList<>();

  /** A line for each time that somebody was told wrong. */
  List<String> violations(List<Operation> history) {
    var watchers = watchers(history);
    for (var operation : history) {
      clients.follow(operation);
      var place = new Place(operation.client(), operation.channel());
      switch (operation.op()) {
        case SUBSCRIBE, RECOVER -> {
          forget(place);
          since.put(place, operation.at());
        }
        case UNSUBSCRIBE -> forget(place);
        case DISCONNECT ->
            List.copyOf(since.keySet()).stream()
                .filter(one -> one.client.equals(operation.client()))
                .forEach(this::forget);
        case JOIN -> twice(place, operation, joined, left);
        case LEAVE -> twice(place, operation, left, joined);
        case QUIET -> since.keySet().stream().filter(watchers::contains).forEach(this::untold);
        default -> {}
      }
    }
    return broken;
  }

  /** Who wanted to be told at all. */
  private static Set<Place> watchers(List<Operation> history) {
    return history.stream()
        .filter(operation -> operation.op() == Op.JOIN || operation.op() == Op.LEAVE)
        .map(operation -> new Place(operation.client(), operation.channel()))
        .collect(Collectors.toSet());
  }

  private void forget(Place place) {
    since.remove(place);
    joined.remove(place);
    left.remove(place);
  }

  private void twice(
      Place place,
      Operation operation,
      Map<Place, Set<String>> told,
      Map<Place, Set<String>> opposite) {
    if (!told.computeIfAbsent(place, first -> new HashSet<>()).add(operation.id())) {
      var word = operation.op().word();
      complain(place, "told twice of the " + word + " of " + operation.id());
    }
    opposite.computeIfAbsent(place, first -> new HashSet<>()).remove(operation.id());
  }

  private void untold(Place place) {
    var told = joined.getOrDefault(place, Set.of());
    var gone = new TreeSet<>(told);
    gone.removeAll(clients.present(place.channel));
    gone.forEach(id -> complain(place, "never told of the leave of " + id));
    long begin = since.getOrDefault(place, 0L);
    since.forEach(
        (other, at) -> {
          var id = clients.id(other.client);
          if (other.channel.equals(place.channel) && at > begin + LATER && !told.contains(id)) {
            complain(place, "never told of the join of " + id);
          }
        });
  }

  private void complain(Place place, String what) {
    broken.add(place.client + " in " + place.channel + ": " + what);
  }
}
