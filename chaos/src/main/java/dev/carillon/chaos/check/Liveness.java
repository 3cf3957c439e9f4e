package dev.carillon.chaos.check;

import dev.carillon.chaos.history.Op;
import dev.carillon.chaos.history.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * I5: what was acknowledged reaches everybody who stays subscribed: within 10 s, and where a fault
 * was in the way, within 10 s of its end.
 */
final class Liveness implements Invariant {
  private static final long LIMIT = 10_000;

  private record Span(long begin, long end) {}

  /** One uninterrupted subscription, and when which publication came to it. */
  private record Subscription(String key, String channel, long begin, Map<String, Long> came) {
    boolean hasUntil(long deadline, String publication) {
      return came.getOrDefault(publication, Long.MAX_VALUE) <= deadline;
    }
  }

  private record Ended(Subscription subscription, long end) {}

  /** A publication that came too late or not at all, and the line about it. */
  private record Late(String id, String line) {}

  @Override
  public List<String> violations(List<Operation> history) {
    return late(history).stream().map(Late::line).toList();
  }

  /** Ids of publications that did not reach everybody in time. */
  static Set<String> undelivered(List<Operation> history) {
    return late(history).stream().map(Late::id).collect(Collectors.toSet());
  }

  /** Channel by channel: who got what in all of them at once is more than there is memory for. */
  private static List<Late> late(List<Operation> history) {
    var faults = faults(history);
    return history.stream()
        .map(Operation::channel)
        .filter(channel -> !channel.isEmpty())
        .distinct()
        .flatMap(channel -> late(about(channel, history), faults).stream())
        .toList();
  }

  /** What happened in the channel, and what has to do with all of them. */
  private static List<Operation> about(String channel, List<Operation> history) {
    int last = history.size() - 1;
    return IntStream.rangeClosed(0, last)
        .filter(
            i -> {
              var where = history.get(i).channel();
              // The last one says when the history ends.
              return where.equals(channel) || where.isEmpty() || i == last;
            })
        .mapToObj(history::get)
        .toList();
  }

  private static List<Late> late(List<Operation> history, List<Span> faults) {
    var subscriptions = subscriptions(history);
    var published = new HashMap<String, Long>();
    var late = new ArrayList<Late>();
    for (var operation : history) {
      if (operation.op() == Op.PUBLISH) {
        published.put(operation.id(), operation.at());
      } else if (operation.op() == Op.ACK) {
        long sent = published.getOrDefault(operation.id(), operation.at());
        long deadline = deadline(operation.at(), faults);
        subscriptions.getOrDefault(operation.channel(), List.of()).stream()
            .filter(ended -> ended.subscription.begin < sent && ended.end > deadline)
            .filter(ended -> !ended.subscription.hasUntil(deadline, operation.id()))
            .forEach(ended -> late.add(late(operation, ended.subscription)));
      }
    }
    return late;
  }

  private static Late late(Operation ack, Subscription subscription) {
    var came = subscription.came.get(ack.id());
    var line =
        ack.id()
            + " for "
            + subscription.key
            + ": acknowledged at "
            + ack.at()
            + " ms, "
            + (came == null ? "never came" : "came at " + came + " ms");
    return new Late(ack.id(), line);
  }

  private static long deadline(long acked, List<Span> faults) {
    long deadline = acked + LIMIT;
    for (var fault : faults) {
      if (fault.begin <= deadline && fault.end >= acked) {
        deadline = Math.max(deadline, fault.end + LIMIT);
      }
    }
    return deadline;
  }

  private static List<Span> faults(List<Operation> history) {
    var spans = new ArrayList<Span>();
    long begin = -1;
    for (var operation : history) {
      if (operation.op() == Op.FAULT && begin < 0) {
        begin = operation.at();
      } else if (operation.op() == Op.HEALED && begin >= 0) {
        spans.add(new Span(begin, operation.at()));
        begin = -1;
      }
    }
    if (begin >= 0) {
      spans.add(new Span(begin, Long.MAX_VALUE - LIMIT));
    }
    return spans;
  }

  private static Map<String, List<Ended>> subscriptions(List<Operation> history) {
    var open = new HashMap<String, Subscription>();
    var ended = new HashMap<String, List<Ended>>();
    long last = 0;
    for (var operation : history) {
      last = operation.at();
      var key = operation.client() + " in " + operation.channel();
      switch (operation.op()) {
        case SUBSCRIBE, RECOVER -> {
          end(open.remove(key), operation.at(), ended);
          open.put(
              key, new Subscription(key, operation.channel(), operation.at(), new HashMap<>()));
        }
        case DELIVER -> {
          var subscription = open.get(key);
          if (subscription != null) {
            subscription.came.putIfAbsent(operation.id(), operation.at());
          }
        }
        case UNSUBSCRIBE -> end(open.remove(key), operation.at(), ended);
        case DISCONNECT -> {
          var prefix = operation.client() + " in ";
          long at = operation.at();
          open.entrySet()
              .removeIf(
                  entry -> {
                    boolean mine = entry.getKey().startsWith(prefix);
                    if (mine) {
                      end(entry.getValue(), at, ended);
                    }
                    return mine;
                  });
        }
        default -> {}
      }
    }
    long end = last;
    open.values().forEach(subscription -> end(subscription, end, ended));
    return ended;
  }

  private static void end(
      @Nullable Subscription subscription, long at, Map<String, List<Ended>> ended) {
    if (subscription != null) {
      ended
          .computeIfAbsent(subscription.channel, channel -> new ArrayList<>())
          .add(new Ended(subscription, at));
    }
  }
}
