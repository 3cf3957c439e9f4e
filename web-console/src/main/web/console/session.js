// @ts-check
/** The operator's session. The token stays in memory: a reload asks for the password again. */
import { ApiError, call } from './api.js';

/** The token is renewed when this part of its life is over. */
const RENEW_AT = 0.8;
const RENEW_RETRY_MILLIS = 5000;

export class Session {
  /**
   * @param {{changed: () => void, fetch?: import('./api.js').Fetch,
   *   later?: (run: () => void, millis: number) => unknown, cancel?: (timer: any) => void}} ports
   */
  constructor({ changed, fetch: request, later, cancel }) {
    this.changed = changed;
    this.fetch = request ?? ((url, init) => fetch(url, init));
    this.later = later ?? ((run, millis) => setTimeout(run, millis));
    this.cancel = cancel ?? ((timer) => clearTimeout(timer));
    this.token = '';
    /** Why the session ended, in words; empty when the operator ended it. */
    this.endedBecause = '';
    /** @type {unknown} */
    this.timer = undefined;
  }

  get isOpen() {
    return this.token !== '';
  }

  /** @param {string} password @returns {Promise<void>} throws ApiError */
  async logIn(password) {
    this.#take(await call(this.fetch, 'POST', '/session', { body: { password } }));
    this.endedBecause = '';
    this.changed();
  }

  logOut() {
    this.#end('');
  }

  /**
   * A request of this session. An answer that the token is not valid ends the session.
   *
   * @param {string} method
   * @param {string} path
   * @param {{body?: unknown, signal?: AbortSignal}} [options]
   */
  async request(method, path, options = {}) {
    const { token } = this;
    try {
      return await call(this.fetch, method, path, { ...options, token });
    } catch (error) {
      const isRefused = error instanceof ApiError && error.status === 401;
      // A request that began before a renewal says nothing about the token that is valid now.
      if (isRefused && token === this.token) this.#end('Your session has ended. Log in again.');
      throw error;
    }
  }

  /** @param {{token: string, ttl: number}} answer ttl in seconds */
  #take({ token, ttl }) {
    this.token = token;
    this.#renewIn(ttl * 1000 * RENEW_AT);
  }

  /** @param {number} millis */
  #renewIn(millis) {
    this.cancel(this.timer);
    this.timer = this.later(() => void this.#renew(), millis);
  }

  async #renew() {
    try {
      const answer = await this.request('POST', '/session/refresh');
      if (this.isOpen) this.#take(answer);
    } catch {
      // A node that is away for a moment; the token may outlast that.
      if (this.isOpen) this.#renewIn(RENEW_RETRY_MILLIS);
    }
  }

  /** @param {string} why */
  #end(why) {
    this.cancel(this.timer);
    this.token = '';
    this.endedBecause = why;
    this.changed();
  }
}
