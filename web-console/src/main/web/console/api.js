// @ts-check
/** Requests to the console's server side. An error is words that can be shown as they are. */

import { sentence } from '../shared/format.js';

const ROOT = '/admin/api/v1';
const REQUEST_TIMEOUT_MILLIS = 8000;

/** @typedef {(url: string, init: RequestInit) => Promise<Response>} Fetch */

export class ApiError extends Error {
  /**
   * @param {string} words
   * @param {number} status of the answer; 0 when none came
   * @param {number} [retryAfterSeconds] what the server asks to wait
   */
  constructor(words, status, retryAfterSeconds = 0) {
    super(words);
    this.status = status;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/**
 * @param {Fetch} fetch
 * @param {string} method
 * @param {string} path below the root of the API
 * @param {{token?: string, body?: unknown, signal?: AbortSignal}} [options]
 * @returns {Promise<any>} the answer; throws ApiError, or AbortError when the caller's signal fires
 */
export async function call(fetch, method, path, { token, body, signal } = {}) {
  const response = await answered(fetch, ROOT + path, {
    method,
    headers: headersOf(token, body),
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: withTimeout(signal),
    cache: 'no-store',
    // The token is the only credential: nothing may come from cookies.
    credentials: 'omit',
  });
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  const words =
    typeof answer.error === 'string' ? sentence(answer.error) : statusWords(response.status);
  throw new ApiError(words, response.status, Number(response.headers.get('Retry-After')) || 0);
}

/** @param {Fetch} fetch @param {string} url @param {RequestInit} init */
async function answered(fetch, url, init) {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (/** @type {Error} */ (error).name === 'AbortError') throw error;
    throw new ApiError('This node does not answer.', 0);
  }
}

/** @param {AbortSignal | undefined} signal */
function withTimeout(signal) {
  const timeout = AbortSignal.timeout(REQUEST_TIMEOUT_MILLIS);
  return signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
}

/** @param {string | undefined} token @param {unknown} body */
function headersOf(token, body) {
  /** @type {Record<string, string>} */
  const headers = {};
  if (token !== undefined) headers.Authorization = `Bearer ${token}`;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  return headers;
}

/** @param {number} status */
function statusWords(status) {
  if (status === 404)
    return 'This node has no console: the verticle admin-api is not running here.';
  if (status === 503) return 'This node is too busy, or not ready yet.';
  return `The node answered with status ${status}.`;
}
