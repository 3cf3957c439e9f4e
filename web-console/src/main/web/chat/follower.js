// @ts-check
/**
 * Keeps a box that scrolls at its end while the reader is there, whatever grows or shrinks. Knows
 * nothing of what is in the box.
 *
 * @typedef {Pick<HTMLElement, 'scrollTop' | 'scrollHeight' | 'clientHeight'>} Box
 */

/** Nearer to the end than this, the reader follows what is said. */
const FOLLOW_PIXELS = 80;

export class Follower {
  constructor() {
    this.follows = true;
  }

  /**
   * From now on a change of size leaves the end in sight: of the box, as when a phone is turned or
   * something appears above it, and of what is in it, as when lines break anew.
   *
   * @param {HTMLElement} box
   * @param {HTMLElement} content
   */
  watch(box, content) {
    const observer = new ResizeObserver(() => this.keep(box));
    observer.observe(box);
    observer.observe(content);
  }

  /** The reader moved, or the browser did. @param {Box} box */
  scrolled({ scrollTop, scrollHeight, clientHeight }) {
    this.follows = scrollHeight - scrollTop - clientHeight < FOLLOW_PIXELS;
  }

  /** Shows the end to a reader who follows. @param {Box} box */
  keep(box) {
    if (this.follows) box.scrollTop = box.scrollHeight;
  }

  /** @param {Box} box */
  toEnd(box) {
    this.follows = true;
    this.keep(box);
  }
}
