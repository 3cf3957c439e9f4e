// @ts-check
/**
 * Runs one task again and again, never two at a time: the next run begins an interval after the
 * last one ended. It rests while the page is hidden or paused.
 */
export class Poller {
  /**
   * @param {(signal: AbortSignal) => Promise<void>} task must not throw
   * @param {{intervalMillis: number, isHidden?: () => boolean,
   *   later?: (run: () => void, millis: number) => unknown, cancel?: (timer: any) => void}} options
   */
  constructor(task, { intervalMillis, isHidden, later, cancel }) {
    this.task = task;
    this.intervalMillis = intervalMillis;
    this.isHidden = isHidden ?? (() => document.hidden);
    this.later = later ?? ((run, millis) => setTimeout(run, millis));
    this.cancel = cancel ?? ((timer) => clearTimeout(timer));
    this.isRunning = false;
    this.isPaused = false;
    /** @type {AbortController | null} the run under way */
    this.inFlight = null;
    this.isAsked = false;
    /** @type {unknown} */
    this.timer = undefined;
  }

  start() {
    if (this.isRunning) return;
    this.isRunning = true;
    this.now();
  }

  stop() {
    this.isRunning = false;
    this.cancel(this.timer);
    this.inFlight?.abort();
  }

  pause() {
    this.isPaused = true;
    this.cancel(this.timer);
  }

  resume() {
    this.isPaused = false;
    this.now();
  }

  /** Runs at once; a run under way is given up, since what it asks for is out of date. */
  now() {
    if (!this.isRunning) return;
    this.cancel(this.timer);
    this.isAsked = true;
    if (this.inFlight === null) void this.#run();
    else this.inFlight.abort();
  }

  /** The page was shown or hidden. */
  visibilityChanged() {
    if (!this.isRunning || this.isHidden() || this.isPaused || this.inFlight !== null) return;
    this.now();
  }

  async #run() {
    this.isAsked = false;
    this.inFlight = new AbortController();
    try {
      await this.task(this.inFlight.signal);
    } finally {
      this.inFlight = null;
      this.#next();
    }
  }

  #next() {
    if (!this.isRunning) return;
    if (this.isAsked) return void this.#run();
    if (this.isHidden() || this.isPaused) return;
    this.timer = this.later(() => {
      if (!this.isHidden()) void this.#run();
    }, this.intervalMillis);
  }
}
