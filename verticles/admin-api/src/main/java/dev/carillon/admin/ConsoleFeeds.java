package dev.carillon.admin;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.NewPublication;
import dev.carillon.channel.PresenceStats;
import dev.carillon.channel.StreamOptions;
import dev.carillon.port.Ports;
import dev.carillon.token.Operator;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells every console what it looks at, again and again, in the channel of its session. Which node
 * its WebSocket leads to does not matter. A console that left its channel is forgotten.
 */
final class ConsoleFeeds {

  /** Looks at an empty channel until a console counts as gone; it may be connecting again. */
  private static final int LOOKS_AT_NOBODY = 5;

  /** One console, as long as somebody looks at it. */
  private static final class Feed {
    final String channel;
    ConsoleView view;
    int looksAtNobody;
    boolean underWay;

    Feed(String channel, ConsoleView view) {
      this.channel = channel;
      this.view = view;
    }
  }

  private final Ports ports;
  private final ClusterLists lists;
  private final AdminOptions options;
  private final Vertx vertx;
  private final Context context;

  // Owned by the event loop of this context. By session; the timer runs while there are some.
  private final Map<String, Feed> feeds = new HashMap<>();
  private boolean isTimed;

  ConsoleFeeds(Vertx vertx, Context context, AdminOptions options, Ports ports) {
    this.vertx = vertx;
    this.context = context;
    this.options = options;
    this.ports = ports;
    this.lists = new ClusterLists(ports);
  }

  /**
   * From now on the console is told this; may be called from any thread.
   *
   * @return fails with a {@link Refusal} 503 when there are too many consoles
   */
  Future<Void> show(Operator operator, ConsoleView view) {
    Promise<Void> shown = Promise.promise();
    context.runOnContext(
        turn -> {
          Feed known = feeds.get(operator.session());
          if (known != null) {
            // Wishes may overtake each other on their way.
            known.view = view.number() < known.view.number() ? known.view : view;
            shown.complete();
          } else if (feeds.size() >= options.consoleLimit()) {
            shown.fail(
                new Refusal(503, "too many consoles (expected: at most " + feeds.size() + ")"));
          } else {
            feeds.put(operator.session(), new Feed(operator.channel(), view));
            tellLater();
            shown.complete();
          }
        });
    return shown.future();
  }

  private void tellLater() {
    if (!isTimed) {
      isTimed = true;
      vertx.setTimer(
          options.refreshInterval().toMillis(), fired -> context.runOnContext(turn -> tell()));
    }
  }

  private void tell() {
    isTimed = false;
    new ArrayList<>(feeds.entrySet()).forEach(each -> look(each.getKey(), each.getValue()));
    if (!feeds.isEmpty()) {
      tellLater();
    }
  }

  private void look(String session, Feed feed) {
    if (feed.underWay) {
      return;
    }
    feed.underWay = true;
    here(ports.presence().stats(feed.channel))
        .compose(stats -> told(session, feed, stats))
        .onComplete(ended -> feed.underWay = false);
  }

  private Future<Void> told(String session, Feed feed, PresenceStats stats) {
    if (stats.clients() > 0) {
      feed.looksAtNobody = 0;
      return here(lists.view(feed.view)).compose(data -> publish(feed, data));
    }
    if (++feed.looksAtNobody >= LOOKS_AT_NOBODY) {
      feeds.remove(session);
    }
    return Future.succeededFuture();
  }

  private Future<Void> publish(Feed feed, Bytes data) {
    return here(
        ports
            .broker()
            .publish(feed.channel, NewPublication.of(data), StreamOptions.LIVE_ONLY)
            .mapEmpty());
  }

  /** Goes on with an outcome on the event loop that owns the feeds. */
  private <T> Future<T> here(Future<T> outcome) {
    Promise<T> promise = Promise.promise();
    outcome.onComplete(
        value -> context.runOnContext(turn -> promise.complete(value)),
        cause -> context.runOnContext(turn -> promise.fail(cause)));
    return promise.future();
  }
}
