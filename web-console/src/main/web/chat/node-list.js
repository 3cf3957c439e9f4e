// @ts-check
/** Keeps the ring up to date with /nodes.json of whichever node answers. */

const REQUEST_TIMEOUT_MILLIS = 2500;
const REFRESH_MILLIS = 15_000;

export class NodeList {
  /** @param {import('./node-ring.js').NodeRing} ring */
  constructor(ring) {
    this.ring = ring;
    /** The origin that answered last time; empty when none did. */
    this.answeredBy = '';
    /** @type {Promise<boolean> | null} */
    this.running = null;
    /** @type {ReturnType<typeof setInterval> | undefined} */
    this.timer = undefined;
  }

  /** Refreshes now and then, as nodes come and go while nobody notices. */
  start() {
    this.timer = setInterval(() => {
      if (!document.hidden) void this.refresh();
    }, REFRESH_MILLIS);
    return this.refresh();
  }

  stop() {
    clearInterval(this.timer);
  }

  /** @returns {Promise<boolean>} whether a node answered; one request runs at a time */
  refresh() {
    this.running ??= this.#ask().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  async #ask() {
    for (const origin of this.ring.origins) {
      try {
        const response = await fetch(`${origin}/nodes.json`, {
          cache: 'no-store',
          signal: AbortSignal.timeout(REQUEST_TIMEOUT_MILLIS),
        });
        if (!response.ok) continue;
        this.ring.update(await response.json(), origin);
        this.answeredBy = origin;
        return true;
      } catch {
        // This one is down; the next one is asked.
      }
    }
    this.answeredBy = '';
    return false;
  }
}
