package dev.carillon.heartbeat;

import dev.carillon.heartbeat.TableChanges.End;
import dev.carillon.port.Ports;
import dev.carillon.sessions.SessionEnded;
import dev.carillon.sessions.SessionEnded.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes changes to the table and announces ends, in parts of bounded size, one after the other. An
 * end is announced after its row is gone: whoever hears it finds the table in agreement.
 */
final class TableWriter {

  private static final Logger LOG = LoggerFactory.getLogger(TableWriter.class);

  private final Ports ports;
  private final int rowsPerWrite;
  private final NodeNames names;
  private final Map<Reason, Counter> counters = new EnumMap<>(Reason.class);

  TableWriter(Ports ports, int rowsPerWrite, NodeNames names) {
    this.ports = ports;
    this.rowsPerWrite = rowsPerWrite;
    this.names = names;
    for (Reason reason : Reason.values()) {
      counters.put(reason, counter(reason, ports.meters()));
    }
  }

  /** Writes all changes; what was written is taken out of them, so a failure leaves the rest. */
  Future<Void> write(TableChanges changes) {
    return removeEnded(changes)
        .compose(ended -> removeLeftovers(changes))
        .compose(removed -> putRows(changes));
  }

  private Future<Void> removeEnded(TableChanges changes) {
    Map<End, List<String>> groups = new LinkedHashMap<>();
    changes.ends().forEach((id, end) -> groups.computeIfAbsent(end, e -> list()).add(id));
    List<SessionEnded> parts = new ArrayList<>();
    groups.forEach(
        (end, ids) ->
            parts(ids)
                .forEach(part -> parts.add(new SessionEnded(end.owner(), end.reason(), part))));
    return each(parts, part -> removeEnded(part, changes));
  }

  private Future<Void> removeEnded(SessionEnded part, TableChanges changes) {
    return ports
        .sessions()
        .remove(part.ids())
        .onSuccess(
            removed -> {
              changes.removed(part.ids());
              announce(part);
            });
  }

  private Future<Void> removeLeftovers(TableChanges changes) {
    return each(
        parts(changes.leftovers()),
        part -> ports.sessions().remove(part).onSuccess(removed -> changes.removed(part)));
  }

  private Future<Void> putRows(TableChanges changes) {
    return each(
        parts(changes.puts()),
        part -> ports.sessions().put(part).onSuccess(stored -> changes.written(part)));
  }

  private void announce(SessionEnded ended) {
    ports.links().broadcast(ended);
    Counter counter = counters.get(ended.reason());
    if (counter != null) {
      counter.increment(ended.ids().size());
    }
    if (ended.reason() != Reason.CLOSED) {
      LOG.info(
          "{} connections of {} ended: {}",
          ended.ids().size(),
          names.of(ended.owner()),
          ended.reason() == Reason.OWNER_LEFT
              ? "it is no member any more"
              : "nothing was heard of it for session_heartbeat.lease");
    }
  }

  private <T> List<List<T>> parts(Collection<T> all) {
    List<T> list = List.copyOf(all);
    List<List<T>> parts = new ArrayList<>();
    for (int from = 0; from < list.size(); from += rowsPerWrite) {
      parts.add(list.subList(from, Math.min(list.size(), from + rowsPerWrite)));
    }
    return parts;
  }

  private static <T> Future<Void> each(List<T> parts, Function<T, Future<Void>> write) {
    Future<Void> all = Future.succeededFuture();
    for (T part : parts) {
      all = all.compose(before -> write.apply(part));
    }
    return all;
  }

  private static List<String> list() {
    return new ArrayList<>();
  }

  private static Counter counter(Reason reason, MeterRegistry meters) {
    return Counter.builder("carillon.sessions.ended")
        .description("Sessions whose end this node announced, by reason")
        .tag("reason", reason.name().toLowerCase(Locale.ROOT))
        .register(meters);
  }
}
