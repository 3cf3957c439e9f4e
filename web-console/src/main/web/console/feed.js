// @ts-check
/**
 * What is known of one list of the server: the last answer, and whether it can be trusted. Pure.
 *
 * @template T
 * @typedef {{data: T | null, receivedAt: number, problem: string, status: number}} Feed
 *   receivedAt: when the last answer came, in milliseconds of this machine; problem: what went
 *   wrong since, in words
 */

/** Two missed refreshes and a little. */
export const STALE_AFTER_MILLIS = 6000;

/** @returns {Feed<any>} */
export function emptyFeed() {
  return { data: null, receivedAt: 0, problem: '', status: 0 };
}

/** @template T @param {T} data @param {number} now @returns {Feed<T>} */
export function received(data, now) {
  return { data, receivedAt: now, problem: '', status: 200 };
}

/**
 * The last answer stays: old numbers that say so are better than none.
 *
 * @template T
 * @param {Feed<T>} feed
 * @param {{message: string, status?: number}} error
 * @returns {Feed<T>}
 */
export function failed(feed, { message, status = 0 }) {
  return { ...feed, problem: message, status };
}

/**
 * @param {Feed<unknown>} feed
 * @param {number} now
 * @returns {'loading' | 'failed' | 'fresh' | 'stale'} failed: nothing could ever be read
 */
export function freshness(feed, now) {
  if (feed.data === null) return feed.problem === '' ? 'loading' : 'failed';
  return now - feed.receivedAt > STALE_AFTER_MILLIS ? 'stale' : 'fresh';
}
