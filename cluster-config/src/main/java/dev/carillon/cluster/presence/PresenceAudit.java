package dev.carillon.cluster.presence;

import dev.carillon.port.SteadyTime;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares what a loop has told of its clients with what the owners keep, and has it told again
 * where they differ. So whatever took a living client out of presence, or left a gone one in it, is
 * mended, and nobody need know all that can happen.
 *
 * <p>One number is compared for each channel. All channels are looked at every 10 s, or at 100 a
 * second if there are too many for that; at once and fast when copies were lost; and a channel of
 * which the outcome of a change was uncertain when nothing of that change can be under way any
 * more.
 */
final class PresenceAudit {

  private static final Logger LOG = LoggerFactory.getLogger(PresenceAudit.class);

  /** Channels that are asked for in one step, well below a millisecond of their owners. */
  private static final int SLICE = 100;

  private static final long ROUTINE_MILLIS = 10_000;
  private static final long PAUSE_MILLIS = 1_000;
  private static final long HASTE_MILLIS = 20;

  /** More than the 10 s after which the data grid gives up an operation. */
  private static final long UNCERTAIN_MILLIS = 15_000;

  private final Vertx vertx;
  private final PresenceLoop loop;

  // Owned by the event loop of `loop`.
  private final ArrayDeque<String> left = new ArrayDeque<>();
  private final Map<String, Long> uncertain = new HashMap<>();
  private boolean asking;
  private boolean hasty;
  private long timer = -1;

  /**
   * @param loop on whose event loop everything happens
   */
  PresenceAudit(Vertx vertx, PresenceLoop loop) {
    this.vertx = vertx;
    this.loop = loop;
  }

  void open() {
    after(ROUTINE_MILLIS, this::begin);
  }

  /** Looks at all channels, and loses no time. */
  void soon() {
    hasty = true;
    begin();
  }

  /** It is not known what became of a change of this channel. */
  void uncertain(String channel) {
    uncertain.put(channel, SteadyTime.millis() + UNCERTAIN_MILLIS);
  }

  private void begin() {
    left.clear();
    left.addAll(loop.names());
    step();
  }

  private void after(long millis, Runnable action) {
    vertx.cancelTimer(timer);
    timer = vertx.setTimer(millis, fired -> action.run());
  }

  private void step() {
    if (asking) {
      return;
    }
    var slice = slice();
    if (slice.isEmpty()) {
      hasty = false;
      after(ROUTINE_MILLIS, this::begin);
      return;
    }
    asking = true;
    compare(slice)
        .onComplete(
            compared -> {
              asking = false;
              if (compared.failed()) {
                LOG.debug("Presence is compared again", compared.cause());
                left.addAll(slice);
              }
              after(hasty && compared.succeeded() ? HASTE_MILLIS : PAUSE_MILLIS, this::step);
            });
  }

  private Set<String> slice() {
    var slice = new HashSet<String>();
    long now = SteadyTime.millis();
    uncertain
        .entrySet()
        .removeIf(
            channel ->
                slice.size() < SLICE && channel.getValue() <= now && slice.add(channel.getKey()));
    while (!left.isEmpty() && slice.size() < SLICE) {
      slice.add(left.remove());
    }
    return slice;
  }

  /** What is changing just now is in order, or found in the next pass. */
  private Future<Void> compare(Set<String> slice) {
    var told = new HashMap<String, PresenceLoop.Told>();
    slice.forEach(channel -> loop.told(channel).ifPresent(state -> told.put(channel, state)));
    return told.isEmpty()
        ? Future.succeededFuture()
        : loop.digests(told.keySet()).compose(kept -> mend(told, kept));
  }

  private Future<Void> mend(Map<String, PresenceLoop.Told> told, Map<String, Long> kept) {
    var mended = new ArrayList<Future<Boolean>>();
    told.forEach(
        (channel, state) -> {
          if (state.digest() != kept.getOrDefault(channel, 0L)) {
            mended.add(loop.correct(channel, state));
          }
        });
    return Future.join(mended).map(all -> count(mended));
  }

  private static @Nullable Void count(List<Future<Boolean>> mended) {
    long wrong = mended.stream().filter(Future::result).count();
    if (wrong > 0) {
      LOG.info("Presence of {} channels was not as it was told, and is told again", wrong);
    }
    return null;
  }
}
