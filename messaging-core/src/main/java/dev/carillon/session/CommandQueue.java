package dev.carillon.session;

import dev.carillon.protocol.Command;
import dev.carillon.protocol.UnsubscribeRequest;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The commands of one client: each begins at once, or waits because as many as may be at once are
 * being worked on. A client that sends faster than the server can work is not read from for a
 * while.
 */
final class CommandQueue {

  /** Reading stops at this many, which keeps a fast client busy without much memory. */
  private static final int PAUSE_AT = 64;

  private static final int RESUME_AT = 16;

  private final Session session;
  private final int max;
  private @Nullable ArrayDeque<Command> waiting;
  private boolean paused;
  private int atOnce = 1;
  private int begun;

  /** An unsubscribe is being worked on: SDKs subscribe again to its channel without waiting. */
  private boolean held;

  /** One that begins may be over at once, and the next is not to begin within it. */
  private boolean beginning;

  /**
   * @param max how many may wait
   */
  CommandQueue(Session session, int max) {
    this.session = session;
    this.max = max;
  }

  /** Takes the command, or says that there is no room for it. */
  boolean offer(Command command) {
    if (waiting == null) {
      // Most clients never have a second command waiting.
      waiting = new ArrayDeque<>(4);
    }
    if (waiting.size() >= max) {
      return false;
    }
    waiting.add(command);
    if (!paused && waiting.size() >= PAUSE_AT) {
      paused = true;
      session.effects().reading(false);
    }
    begin();
    return true;
  }

  private void begin() {
    if (beginning) {
      return;
    }
    beginning = true;
    for (Command next = next(); next != null; next = next()) {
      session.begin(next);
    }
    beginning = false;
  }

  /** The next command, which begins now; null when it has to wait for others. */
  private @Nullable Command next() {
    Command next = waiting == null || held || begun >= atOnce ? null : waiting.poll();
    if (next != null) {
      begun++;
      held = next instanceof UnsubscribeRequest;
    }
    if (paused && waiting != null && waiting.size() <= RESUME_AT) {
      paused = false;
      session.effects().reading(true);
    }
    if (waiting != null && waiting.isEmpty()) {
      // A client may be silent for hours.
      waiting = null;
    }
    return next;
  }

  /** A command that had begun is over; what waited for it may begin. */
  void ended() {
    begun--;
    begin();
  }

  /** The unsubscribe that had begun is over, and about to be {@link #ended}. */
  void release() {
    held = false;
  }

  /** From now on so many commands may be worked on at once. */
  void allow(int atOnce) {
    this.atOnce = atOnce;
  }

  void clear() {
    waiting = null;
  }

  boolean isPaused() {
    return paused;
  }
}
