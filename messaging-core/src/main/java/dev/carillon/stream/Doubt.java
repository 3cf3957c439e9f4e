package dev.carillon.stream;

/**
 * When the stream of one channel is to be asked: a while after something was seen that only it can
 * explain, because most of that explains itself, and one question at a time.
 *
 * <p>{@code now} is any clock that does not go backward, in milliseconds.
 */
final class Doubt {

  private static final long NEVER = Long.MAX_VALUE;

  private final PositionLimits limits;

  /** The stream was asked and has not answered yet. */
  private boolean busy;

  private boolean raised;
  private long due = NEVER;
  private long failingSince = NEVER;

  Doubt(PositionLimits limits) {
    this.limits = limits;
  }

  /** Something was seen that only the stream can explain. */
  void raise() {
    raised = true;
  }

  /**
   * The stream is read now, which explains what was seen before, and nothing that is seen later.
   */
  void reading() {
    busy = true;
    raised = false;
  }

  /** It was read; whatever is open after that gets its full time to explain itself. */
  void read() {
    ensured();
    due = NEVER;
  }

  /** It is asked for something else, which explains nothing. */
  void ensuring() {
    busy = true;
  }

  /** That was answered. */
  void ensured() {
    busy = false;
    failingSince = NEVER;
  }

  /**
   * There was no answer, so that it is to be read soon.
   *
   * @return whether that has been so for too long; from then on time counts anew
   */
  boolean failed(long now) {
    busy = false;
    raised = true;
    due = now + limits.retryMillis();
    failingSince = Math.min(failingSince, now);
    boolean tooLong = now - failingSince >= limits.giveUpMillis();
    failingSince = tooLong ? NEVER : failingSince;
    return tooLong;
  }

  /** Something that was lacking came by itself, and the rest may do so too. */
  void eased() {
    if (!raised) {
      due = NEVER;
    }
  }

  /**
   * Sets the deadline when there is something to find out, and none otherwise.
   *
   * @param lacking whether publications are known of that have not come
   */
  void settle(boolean lacking, long now) {
    if (!raised && !lacking) {
      due = NEVER;
    } else if (due == NEVER) {
      due = now + limits.gapMillis();
    }
  }

  /** When there is something to ask; {@link Long#MAX_VALUE} for never. */
  long due() {
    return busy ? NEVER : due;
  }

  /** Whether to ask now; true once for each deadline. */
  boolean isDue(long now) {
    if (now < due()) {
      return false;
    }
    due = NEVER;
    return true;
  }
}
