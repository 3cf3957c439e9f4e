package dev.carillon.chaos.check;

import dev.carillon.chaos.history.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * I3 and I4: a subscription gets every offset once and in order, across recoveries that were said
 * to be complete; where something is missing, the client is told before anything later comes. The
 * Java SDK goes on from where a stray is ({@link Strays}), so the order does as well.
 */
final class Order implements Invariant {
  /** What this instance looks for. */
  enum Kind {
    /** I3: nothing twice, nothing backwards, no complete recovery into another epoch. */
    REPEATS,
    /** I4: no gap of which the client was not told. */
    SILENT_GAPS
  }

  private final Kind kind;

  Order(Kind kind) {
    this.kind = kind;
  }

  /** Where a client stands in a channel. */
  private record Place(String epoch, long offset) {}

  @Override
  public List<String> violations(List<Operation> history) {
    var places = new HashMap<String, Place>();
    var strays = new Strays();
    var broken = new ArrayList<String>();
    for (var operation : history) {
      strays.follow(operation);
      var key = operation.client() + " in " + operation.channel();
      var place = places.get(key);
      switch (operation.op()) {
        case SUBSCRIBE -> places.put(key, new Place(operation.epoch(), operation.offset()));
        case RECOVER -> {
          if (!operation.recovered()) {
            places.put(key, new Place(operation.epoch(), operation.offset()));
          } else if (kind == Kind.REPEATS && !isSameEpoch(place, operation)) {
            broken.add(key + ": recovered completely into epoch " + operation.epoch());
          }
        }
        case DELIVER -> {
          if (!strays.isStray(operation)) {
            complain(key, place, operation, broken);
          }
          places.put(key, new Place(operation.epoch(), operation.offset()));
        }
        default -> {}
      }
    }
    return broken;
  }

  private static boolean isSameEpoch(@Nullable Place place, Operation operation) {
    return place != null && place.epoch.equals(operation.epoch());
  }

  private void complain(
      String key, @Nullable Place place, Operation delivered, List<String> broken) {
    if (place == null) {
      return;
    }
    boolean sameEpoch = place.epoch.equals(delivered.epoch());
    if (kind == Kind.REPEATS && sameEpoch && delivered.offset() <= place.offset) {
      broken.add(key + ": " + delivered.offset() + " after " + place.offset);
    }
    boolean gap = !sameEpoch || delivered.offset() > place.offset + 1;
    if (kind == Kind.SILENT_GAPS && gap) {
      broken.add(
          key
              + ": "
              + delivered.epoch()
              + " "
              + delivered.offset()
              + " after "
              + place.epoch
              + " "
              + place.offset
              + " at "
              + delivered.at()
              + " ms");
    }
  }
}
