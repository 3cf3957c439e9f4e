package dev.carillon.chat;

import dev.carillon.limit.ConnectionGate.Answer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operator that clients are refused, by which limit, but not for every one of them. May
 * be used from any thread.
 */
final class GateLog {

  private static final Logger LOG = LoggerFactory.getLogger(ChatHub.class);

  /**
   * Between two lines about the same limit: a storm of connections must not become one of lines.
   */
  private static final long PAUSE = Duration.ofSeconds(10).toNanos();

  private final Map<Answer, AtomicLong> told = new EnumMap<>(Answer.class);

  GateLog(long now) {
    for (Answer limit : Answer.values()) {
      told.put(limit, new AtomicLong(now - PAUSE));
    }
  }

  /**
   * @param client remote address of one of those that are refused
   */
  void refused(Answer limit, int status, String client, long now) {
    AtomicLong last = told.get(limit);
    if (last == null) {
      return;
    }
    long before = last.get();
    if (now - before >= PAUSE && last.compareAndSet(before, now)) {
      LOG.warn(
          "{}: refused with {}, and so are others: client.{} is reached",
          client,
          status,
          limit.name().toLowerCase(Locale.ROOT));
    }
  }
}
