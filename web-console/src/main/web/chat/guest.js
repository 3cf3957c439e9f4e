// @ts-check
/**
 * The guest that this tab is: a name, and a token from whichever node answers. The token stays in
 * this tab, so that a reload keeps what was said "mine".
 */

import { sentence } from '../shared/format.js';

const REQUEST_TIMEOUT_MILLIS = 4000;
const RETRY_AFTER_MAX_SECONDS = 30;
const STORE = 'carillon.guest';

/** The node answered, and no further attempt will change its answer. */
export class TokenRefused extends Error {}

/** @typedef {(url: string, init: RequestInit) => Promise<Response>} Fetch */

export class Guest {
  /**
   * @param {string} name
   * @param {{origins: () => string[], fetch?: Fetch,
   *   wait?: (millis: number) => Promise<void>}} ports
   */
  constructor(name, { origins, fetch: request, wait }) {
    this.name = name;
    this.user = '';
    this.token = '';
    this.ttlSeconds = 0;
    this.origins = origins;
    this.fetch = request ?? ((url, init) => fetch(url, init));
    this.wait = wait ?? ((millis) => new Promise((resolve) => setTimeout(resolve, millis)));
    /** Why the last attempt failed, in words. */
    this.problem = '';
  }

  /** @returns {Promise<string>} a valid token; throws TokenRefused, or an Error worth retrying */
  async newToken() {
    this.problem = '';
    for (const origin of this.origins()) {
      const response = await this.#post(origin);
      if (response === null) continue;
      if (response.ok) return this.#accept(await response.json());
      if (response.status === 429) await this.#limited(response);
      if (response.status >= 500) continue;
      return this.#refused(response);
    }
    this.problem ||= 'No node answers.';
    throw new Error(this.problem);
  }

  /** Forgets who this was: the next token is that of a new guest. */
  forget() {
    this.token = '';
    this.user = '';
  }

  /** @param {string} origin @returns {Promise<Response | null>} null when it cannot be reached */
  async #post(origin) {
    const body = this.token === '' ? { name: this.name } : { name: this.name, token: this.token };
    try {
      // Text, not JSON, as content type: a request to another node then needs no preflight.
      return await this.fetch(`${origin}/demo/token`, {
        method: 'POST',
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(REQUEST_TIMEOUT_MILLIS),
      });
    } catch {
      return null;
    }
  }

  /** @param {{token: string, user: string, ttl: number}} answer */
  #accept(answer) {
    this.ttlSeconds = answer.ttl;
    this.token = answer.token;
    this.user = answer.user;
    return answer.token;
  }

  /** @param {Response} response @returns {Promise<never>} */
  async #limited(response) {
    const seconds = Number(response.headers.get('Retry-After')) || 5;
    this.problem = `Too many new guests from your address. Trying again in ${seconds} s.`;
    await this.wait(Math.min(seconds, RETRY_AFTER_MAX_SECONDS) * 1000);
    throw new Error(this.problem);
  }

  /** @param {Response} response @returns {Promise<string>} */
  async #refused(response) {
    if (this.token !== '' && response.status !== 404) {
      // The old token is of no use any more: once more as a new guest.
      this.forget();
      return this.newToken();
    }
    this.problem =
      response.status === 404
        ? 'This server gives no guest tokens: its demo is off (option demo.enabled).'
        : await errorOf(response);
    throw new TokenRefused(this.problem);
  }
}

/** @param {Response} response */
async function errorOf(response) {
  try {
    const { error } = await response.json();
    if (typeof error === 'string' && error !== '') return sentence(error);
  } catch {
    // No JSON: the status has to do.
  }
  return `The server refused the name (status ${response.status}).`;
}

/** @param {Guest} guest */
export function remember({ name, token, user }) {
  try {
    sessionStorage.setItem(STORE, JSON.stringify({ name, token, user }));
    localStorage.setItem('carillon.name', name);
  } catch {
    // Storage is off: the next visit asks for the name again.
  }
}

/**
 * Who this tab was before a reload.
 *
 * @returns {{name: string, token: string, user: string} | null}
 */
export function remembered() {
  try {
    const stored = JSON.parse(sessionStorage.getItem(STORE) ?? 'null');
    const texts = [stored?.name, stored?.token, stored?.user];
    return texts.every((text) => typeof text === 'string') ? stored : null;
  } catch {
    return null;
  }
}

/** The name last used in this browser, to be offered again. */
export function lastName() {
  try {
    return localStorage.getItem('carillon.name') ?? '';
  } catch {
    return '';
  }
}

export function forgetTab() {
  try {
    sessionStorage.removeItem(STORE);
  } catch {
    // Nothing was kept.
  }
}
