package dev.carillon.chaos.check;

import dev.carillon.chaos.history.Operation;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Counts and times of one strike, while its history is followed. */
final class Tally {
  private final Strike strike;
  private final Fates fates;
  private final Map<String, Long> ended = new HashMap<>();
  private final Map<String, Long> told = new HashMap<>();
  private long acked;
  private long lost;
  private long duplicated;
  private long toldOfLoss;
  private Optional<Long> worstAck = Optional.empty();
  private Optional<Long> detect = Optional.empty();
  private long struckAcked;

  Tally(Strike strike, Fates fates) {
    this.strike = strike;
    this.fates = fates;
  }

  /** Follows an operation between the beginning of this strike and that of the next one. */
  void follow(Operation operation) {
    boolean during = strike.isDuring(operation.at());
    switch (operation.op()) {
      case ACK -> {
        if (during) {
          acknowledged(operation);
        }
      }
      case NACK, UNSUBSCRIBE -> {
        if (during && operation.code() != 0) {
          seen(operation);
        }
      }
      case DISCONNECT -> {
        if (during) {
          seen(operation);
        }
        if (strike.strikes(operation)) {
          ended.put(fates.connection(operation.client()), operation.at());
        }
      }
      case LEAVE -> told.put(operation.id(), operation.at());
      case RECOVER -> toldOfLoss += operation.recovered() ? 0 : 1;
      default -> {}
    }
  }

  private void acknowledged(Operation ack) {
    acked++;
    lost += fates.isLost(ack.id()) ? 1 : 0;
    duplicated += fates.isDoubled(ack.id()) ? 1 : 0;
    if (ack.node().equals(strike.node()) && ack.at() <= strike.mended().orElse(0L)) {
      struckAcked = ack.at() - strike.begin();
    }
    worstAck = Optional.of(Math.max(worstAck.orElse(0L), fates.patience(ack)));
  }

  private void seen(Operation sign) {
    if (detect.isEmpty()) {
      detect = Optional.of(sign.at() - strike.begin());
    }
  }

  Strike strike() {
    return strike;
  }

  long acked() {
    return acked;
  }

  long lost() {
    return lost;
  }

  long duplicated() {
    return duplicated;
  }

  long toldOfLoss() {
    return toldOfLoss;
  }

  Optional<Long> worstAck() {
    return worstAck;
  }

  /** Nothing for a strike at all nodes, and where it is not known when it was mended. */
  Optional<Long> struckAcked() {
    boolean known = !strike.node().isEmpty() && strike.mended().isPresent();
    return known ? Optional.of(struckAcked) : Optional.empty();
  }

  Optional<Long> detect() {
    return detect;
  }

  /**
   * A client may notice later than the others that it has left: that is no time less than 0. When
   * another strike came in between, nobody can tell whose work a leaving is.
   */
  Optional<Long> presence() {
    if (strike.overtaken()) {
      return Optional.empty();
    }
    return ended.entrySet().stream()
        .filter(end -> told.containsKey(end.getKey()))
        .map(end -> told.getOrDefault(end.getKey(), 0L) - beginning(end.getValue()))
        .map(millis -> Math.max(0L, millis))
        .reduce(Math::max);
  }

  private long beginning(long ended) {
    return strike.node().isEmpty() ? ended : strike.begin();
  }

  Optional<Long> heal() {
    return strike.healing();
  }
}
