// @ts-check
/**
 * When a room looks for a message that is not certain, while its connection lasts: once it cannot
 * be stored late any more, and again, less and less often, while the server cannot tell.
 */

/**
 * How long a message may still be stored after error 100 (docs/RELIABILITY.md, "The promise": about
 * 25 s), and after no answer, for which the library waits less long than the server tries.
 */
const LATE_MILLIS = 30_000;
const LATE_UNANSWERED_MILLIS = 45_000;

const AGAIN_MILLIS = 2000;
const AGAIN_MAX_MILLIS = 30_000;

export class Lookout {
  /**
   * @param {{read: () => Promise<void>, seen: () => void}} on read: reads the stream, fails when
   *     the server cannot tell; seen: it was read when nothing could come late any more
   */
  constructor(on) {
    this.on = on;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
  }

  /** @param {boolean} isAnswered whether the server said that it is not certain */
  await(isAnswered) {
    this.#lookIn(isAnswered ? LATE_MILLIS : LATE_UNANSWERED_MILLIS, AGAIN_MILLIS);
  }

  stop() {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** @param {number} wait @param {number} again how long to wait when the server cannot tell */
  #lookIn(wait, again) {
    clearTimeout(this.timer);
    const timer = setTimeout(async () => {
      const isSeen = await this.on.read().then(
        () => true,
        () => false,
      );
      // Meanwhile it was stopped, or began anew.
      if (this.timer !== timer) return;
      this.stop();
      if (isSeen) this.on.seen();
      else this.#lookIn(again, Math.min(2 * again, AGAIN_MAX_MILLIS));
    }, wait);
    this.timer = timer;
  }
}
