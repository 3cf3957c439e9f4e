// @ts-check
/**
 * What the console knows and does: the session, the lists that it shows, and the one action. The
 * server tells what is looked at in the channel of the session; without it, and when it falls
 * silent, the lists are asked for. One request is under way at a time.
 *
 * @typedef {{name: string, incarnation: string, role: string, version: string, verticles: string[],
 *   state: 'live' | 'suspect', oldest: boolean, started_at: number, urls: string[],
 *   address: string, connections: number, self: boolean}} NodeRow
 * @typedef {import('./columns.js').Connection} Connection
 * @typedef {{as_of: number, total: number, matched: number, items: Connection[],
 *   next: string | null}} ConnectionPage
 */
import { Centrifuge } from '../shared/centrifuge.js';
import { Channel } from './channel.js';
import { emptyFeed, failed, freshness, received } from './feed.js';
import { Pages } from './pages.js';
import { Poller } from './poller.js';
import { DEFAULT_SORT, hashOf, routeOf } from './route.js';
import { Session } from './session.js';

const REFRESH_MILLIS = 2000;

/** Who was told nothing for this long asks again. */
const SILENCE_MILLIS = 5000;
export const PAGE_LIMIT = 100;

export class Desk {
  /** @param {{changed: () => void}} on */
  constructor(on) {
    this.on = on;
    this.session = new Session({ changed: () => this.#sessionChanged() });
    /** @type {import('./route.js').Route} */
    this.route = { page: 'connections', q: '', sort: DEFAULT_SORT };
    /** @type {import('./feed.js').Feed<{as_of: number, items: NodeRow[]}>} */
    this.nodes = emptyFeed();
    /** @type {import('./feed.js').Feed<ConnectionPage>} */
    this.connections = emptyFeed();
    this.pages = new Pages();
    /** What the server found wrong with the filter, in words. */
    this.filterProblem = '';
    /** Connections that were told to end, until the list no longer has them. @type {Set<string>} */
    this.ending = new Set();
    this.poller = new Poller((signal) => this.#refresh(signal), { intervalMillis: REFRESH_MILLIS });
    this.channel = new Channel(
      {
        token: () => this.session.token,
        places: () => this.nodeList,
        changed: () => this.readAgain(),
        told: (data) => this.#told(data),
      },
      {
        create: (url, options) => new Centrifuge(url, options),
        pageOrigin: location.origin,
        Socket: WebSocket,
      },
    );
    /** Counts what this console wanted to look at. */
    this.view = 0;
    /** What it wants to be told, as it was said to the server. */
    this.wish = '';
    this.toldAt = 0;
    /** The server has no room for one more that listens. */
    this.isTurnedAway = false;
  }

  /** @returns {NodeRow[]} */
  get nodeList() {
    return this.nodes.data?.items ?? [];
  }

  /** The list that the page in the middle shows. */
  get shown() {
    return this.route.page === 'nodes' ? this.nodes : this.connections;
  }

  get freshness() {
    return this.poller.isPaused && this.shown.data !== null
      ? 'fresh'
      : freshness(this.shown, Date.now());
  }

  /** Whether all that is shown is of an earlier time, because no answer comes. */
  get isOld() {
    return this.freshness === 'stale' || this.freshness === 'failed';
  }

  get problem() {
    return this.shown.problem;
  }

  /** Shows what an address names. @param {string} hash */
  go(hash) {
    const before = this.route;
    this.route = routeOf(hash);
    const { page, q, sort } = this.route;
    if (q !== before.q || sort !== before.sort) this.pages.first();
    if (q !== before.q) this.filterProblem = '';
    if (page !== before.page || q !== before.q || sort !== before.sort) this.poller.now();
    this.on.changed();
  }

  /** Changes a part of the address; "replace" leaves no step to go back to. */
  set(/** @type {Partial<import('./route.js').Route>} */ change, replace = false) {
    const hash = hashOf({ ...this.route, ...change });
    if (!replace) {
      location.hash = hash;
      return;
    }
    history.replaceState(null, '', hash);
    this.go(hash);
  }

  nextPage() {
    const next = this.connections.data?.next;
    if (next) this.#turn(() => this.pages.next(next));
  }

  previousPage() {
    this.#turn(() => this.pages.previous());
  }

  /** @param {() => void} turn */
  #turn(turn) {
    turn();
    this.poller.now();
    this.on.changed();
  }

  togglePause() {
    if (this.poller.isPaused) this.poller.resume();
    else this.poller.pause();
    this.#listen();
    this.on.changed();
  }

  /** The page was shown or hidden. */
  visibilityChanged() {
    this.#listen();
    this.poller.visibilityChanged();
  }

  /** What is shown may be out of date, or how it is read has changed. */
  readAgain() {
    this.wish = '';
    this.poller.now();
    this.on.changed();
  }

  /** Somebody who does not look need not be told. */
  #listen() {
    const wanted = this.session.isOpen && !this.poller.isPaused && !document.hidden;
    if (wanted && !this.isTurnedAway) this.channel.open();
    else this.channel.close();
  }

  /** @param {Connection} connection @returns {Promise<void>} throws ApiError */
  async disconnect({ id }) {
    await this.session.request('POST', `/connections/${encodeURIComponent(id)}/disconnect`);
    this.ending.add(id);
    this.readAgain();
  }

  #sessionChanged() {
    if (this.session.isOpen) this.poller.start();
    else {
      this.poller.stop();
      this.channel.close();
      this.isTurnedAway = false;
      this.poller.isPaused = false;
      // Nothing of what an operator saw stays for who comes next.
      this.nodes = emptyFeed();
      this.connections = emptyFeed();
      this.pages.first();
    }
    this.on.changed();
  }

  /** @param {AbortSignal} signal */
  async #refresh(signal) {
    if (this.channel.isOpen) return this.#look(signal);
    if (this.route.page === 'connections') await this.#readConnections(signal);
    if (!signal.aborted) await this.#readNodes(signal);
    if (!signal.aborted) this.#listen();
  }

  /** Says what is looked at, unless the server knows and tells it. @param {AbortSignal} signal */
  async #look(signal) {
    const wish = `page=${this.route.page}&${this.#query}`;
    if (wish === this.wish && Date.now() - this.toldAt < SILENCE_MILLIS) return;
    this.wish = wish;
    this.view += 1;
    try {
      this.#told(
        await this.session.request('POST', `/view?view=${this.view}&${wish}`, { signal }),
      );
    } catch (error) {
      if (!signal.aborted) this.#failLook(/** @type {import('./api.js').ApiError} */ (error));
    }
    this.on.changed();
  }

  /** @param {import('./api.js').ApiError} error */
  #failLook(error) {
    if (error.status === 400) {
      // The same wish would get the same answer.
      this.toldAt = Date.now();
      return this.#failConnections(error);
    }
    this.wish = '';
    if (error.status === 503) {
      this.isTurnedAway = true;
      this.channel.close();
      this.poller.now();
    } else {
      this.nodes = failed(this.nodes, error);
      this.connections = failed(this.connections, error);
    }
  }

  /**
   * What is looked at, as of now. What belongs to an earlier wish comes too late.
   *
   * @param {{view: number, nodes: {as_of: number, items: NodeRow[]},
   *   connections?: ConnectionPage}} answer
   */
  #told({ view, nodes, connections }) {
    if (view !== this.view || this.poller.isPaused) return;
    this.toldAt = Date.now();
    this.nodes = received(nodes, this.toldAt);
    if (connections !== undefined) this.#takeConnections(connections);
    this.on.changed();
  }

  /** The part of the table that is shown, as the server is asked for it. */
  get #query() {
    const { q, sort } = this.route;
    const query = new URLSearchParams({ q, sort, limit: String(PAGE_LIMIT) });
    if (this.pages.cursor !== '') query.set('cursor', this.pages.cursor);
    return query;
  }

  /** @param {AbortSignal} signal */
  async #readNodes(signal) {
    try {
      const answer = await this.session.request('GET', '/nodes', { signal });
      if (!signal.aborted) this.nodes = received(answer, Date.now());
    } catch (error) {
      if (!signal.aborted) this.nodes = failed(this.nodes, /** @type {Error} */ (error));
    }
    this.on.changed();
  }

  /** @param {AbortSignal} signal */
  async #readConnections(signal) {
    try {
      const answer = await this.session.request('GET', `/connections?${this.#query}`, { signal });
      if (!signal.aborted) this.#takeConnections(answer);
    } catch (error) {
      if (!signal.aborted)
        this.#failConnections(/** @type {import('./api.js').ApiError} */ (error));
    }
    this.on.changed();
  }

  /** @param {ConnectionPage} page */
  #takeConnections(page) {
    this.filterProblem = '';
    this.connections = received(page, Date.now());
    const ids = new Set(page.items.map(({ id }) => id));
    for (const id of this.ending) if (!ids.has(id)) this.ending.delete(id);
    // The last rows of this page are gone: the page before has what is left.
    if (page.items.length === 0 && this.pages.hasPrevious) this.previousPage();
  }

  /** @param {import('./api.js').ApiError} error */
  #failConnections(error) {
    if (error.status === 400 && this.pages.hasPrevious) {
      // A cursor that the server no longer takes.
      this.pages.first();
    } else if (error.status === 400) {
      this.filterProblem = error.message;
      this.connections = { ...this.connections, receivedAt: Date.now(), problem: '' };
    } else this.connections = failed(this.connections, error);
  }
}
