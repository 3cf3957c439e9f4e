package dev.carillon.session;

import dev.carillon.protocol.Command;
import dev.carillon.protocol.UnsubscribeRequest;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The commands of one client that wait, because as many as may be at once are being worked on. A
 * client that sends faster than the server can work is not read from for a while.
 */
final class CommandQueue {

  /** Reading stops at this many, which keeps a fast client busy without much memory. */
  private static final int PAUSE_AT = 64;

  private static final int RESUME_AT = 16;

  private final int max;
  private final Effects effects;
  private @Nullable ArrayDeque<Command> waiting;
  private boolean paused;
  private int atOnce = 1;
  private int begun;

  /** An unsubscribe is being worked on: SDKs subscribe again to its channel without waiting. */
  private boolean held;

  CommandQueue(int max, Effects effects) {
    this.max = max;
    this.effects = effects;
  }

  /** Adds the command, or says that there is no room for it. */
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
      effects.reading(false);
    }
    return true;
  }

  /** The next command, which begins now; null when it has to wait for others. */
  @Nullable Command begin() {
    Command next = waiting == null || held || begun >= atOnce ? null : waiting.poll();
    if (next != null) {
      begun++;
      held = next instanceof UnsubscribeRequest;
    }
    if (paused && waiting != null && waiting.size() <= RESUME_AT) {
      paused = false;
      effects.reading(true);
    }
    if (waiting != null && waiting.isEmpty()) {
      // A client may be silent for hours.
      waiting = null;
    }
    return next;
  }

  /** A command that had begun is over. */
  void ended() {
    begun--;
  }

  /** The unsubscribe that had begun is over. */
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
