// @ts-check
/**
 * The page's connection to whichever node takes it, and its state in words.
 *
 * @typedef {'connecting' | 'connected' | 'reconnecting' | 'ended'} Phase
 */
import { Centrifuge } from '../shared/centrifuge.js';
import { TokenRefused, remember } from './guest.js';
import { NodeList } from './node-list.js';
import { NodeRing } from './node-ring.js';
import { nodeSocket } from './node-socket.js';
import { disconnectWords, refusalWords } from './words.js';

const MIN_RECONNECT_DELAY_MILLIS = 200;
const MAX_RECONNECT_DELAY_MILLIS = 5000;
/** The library asks for a new token when the old one ends; a node then may not know its owner. */
const TOKEN_AHEAD = 0.7;
const TOKEN_AHEAD_RETRY_MILLIS = 15_000;

const INVALID_TOKEN = 3500;
const UNAUTHORIZED = 1;

/** A token that is refused once may be from before a restart; twice in this time, it is not. */
const NEW_GUEST_PAUSE_MILLIS = 60_000;

export class Connection {
  /** @param {{changed: () => void}} on */
  constructor(on) {
    this.on = on;
    this.ring = new NodeRing(location.origin);
    this.nodes = new NodeList(this.ring);
    /** @type {import('./guest.js').Guest | null} */
    this.guest = null;
    /** @type {any} */
    this.client = null;
    /** @type {Phase} */
    this.phase = 'connecting';
    /** The origin of the connection, while there is one; of the last one, while there is none. */
    this.origin = '';
    this.originName = '';
    /** What makes it take so long, in words. */
    this.trouble = '';
    /** Origins that took no connection since the last one that did. @type {Set<string>} */
    this.refusing = new Set();
    /** Why it ended, in words. */
    this.endedBecause = '';
    /** The token that the library had last. */
    this.usedToken = '';
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.aheadTimer = undefined;
    this.newGuestAt = -NEW_GUEST_PAUSE_MILLIS;
    this.closing = new AbortController();
    for (const type of ['online', 'offline']) {
      addEventListener(type, () => this.on.changed(), { signal: this.closing.signal });
    }
  }

  /** @param {import('./guest.js').Guest} guest */
  async open(guest) {
    this.guest = guest;
    this.usedToken = guest.token;
    this.#move('connecting');
    await this.nodes.start();
    if (!this.closing.signal.aborted) this.#start(guest);
  }

  /** @param {import('./guest.js').Guest} guest */
  #start(guest) {
    const Socket = nodeSocket(this.ring, {
      opened: (origin) => this.#opened(origin),
      closed: (origin, wasOpen) => void this.#closed(origin, wasOpen),
    });
    this.client = new Centrifuge(this.ring.socketUrl, {
      websocket: Socket,
      token: guest.token,
      getToken: () => this.#token(),
      name: 'carillon-chat',
      minReconnectDelay: MIN_RECONNECT_DELAY_MILLIS,
      maxReconnectDelay: MAX_RECONNECT_DELAY_MILLIS,
    });
    this.client.on('connecting', () => this.#move(this.origin ? 'reconnecting' : 'connecting'));
    this.client.on('connected', () => this.#connected());
    this.client.on('disconnected', (/** @type {any} */ context) => this.#ended(context));
    this.client.on('error', () => this.on.changed());
    this.client.connect();
  }

  /** Ends it for good. */
  close() {
    this.closing.abort();
    this.nodes.stop();
    clearTimeout(this.aheadTimer);
    this.client?.removeAllListeners();
    this.client?.disconnect();
  }

  /** After an end: tries once more. */
  again() {
    this.#move(this.origin ? 'reconnecting' : 'connecting');
    this.client.connect();
  }

  /** The state in words. */
  get words() {
    if (this.phase === 'connected') return `Connected to ${this.originName}`;
    if (this.phase === 'ended') return 'Disconnected';
    if (!navigator.onLine) return 'You are offline';
    const next = this.ring.current.name || 'the server';
    return this.phase === 'connecting'
      ? `Connecting to ${next}…`
      : `Lost ${this.originName}, trying ${next}…`;
  }

  async #token() {
    const guest = /** @type {import('./guest.js').Guest} */ (this.guest);
    try {
      if (guest.token === '' || guest.token === this.usedToken) await guest.newToken();
      this.#fetched(guest);
      this.usedToken = guest.token;
      return guest.token;
    } catch (error) {
      if (error instanceof TokenRefused) throw new Centrifuge.UnauthorizedError(error.message);
      this.trouble = guest.problem;
      throw error;
    } finally {
      this.on.changed();
    }
  }

  /** @param {import('./guest.js').Guest} guest */
  #fetched(guest) {
    remember(guest);
    this.trouble = '';
    this.#fetchAhead(guest.ttlSeconds * 1000 * TOKEN_AHEAD);
  }

  /** @param {number} millis */
  #fetchAhead(millis) {
    const guest = /** @type {import('./guest.js').Guest} */ (this.guest);
    clearTimeout(this.aheadTimer);
    this.aheadTimer = setTimeout(() => {
      guest.newToken().then(
        () => this.#fetched(guest),
        () => this.#fetchAhead(TOKEN_AHEAD_RETRY_MILLIS),
      );
    }, millis);
  }

  /** @param {string} origin */
  #opened(origin) {
    this.origin = origin;
    this.originName = this.ring.nameOf(origin);
    this.trouble = '';
    this.refusing.clear();
  }

  #connected() {
    this.#move('connected');
    void this.nodes.refresh().then(() => {
      this.originName = this.ring.nameOf(this.origin);
      this.on.changed();
    });
  }

  /** @param {string} origin @param {boolean} wasOpen */
  async #closed(origin, wasOpen) {
    if (!wasOpen) this.refusing.add(origin);
    this.on.changed();
    const answers = await this.nodes.refresh();
    if (this.phase === 'connected') return;
    const { answeredBy } = this.nodes;
    if (!answers) this.trouble = 'No node answers.';
    else if (this.refusing.has(answeredBy)) {
      const name = this.ring.nameOf(answeredBy);
      // Who was let in once is no stranger: an operator may allow more than the nodes' own URLs.
      this.trouble = refusalWords(name, this.origin === '' && this.ring.isStranger);
    }
    this.on.changed();
  }

  /** @param {{code: number, reason: string}} context */
  #ended(context) {
    const guest = /** @type {import('./guest.js').Guest} */ (this.guest);
    const now = performance.now();
    if (context.code === INVALID_TOKEN && now - this.newGuestAt > NEW_GUEST_PAUSE_MILLIS) {
      this.newGuestAt = now;
      guest.forget();
      this.client.setToken('');
      setTimeout(() => this.client.connect());
      return;
    }
    this.endedBecause =
      context.code === UNAUTHORIZED && guest.problem !== ''
        ? guest.problem
        : disconnectWords(context);
    this.#move('ended');
  }

  /** @param {Phase} phase */
  #move(phase) {
    this.phase = phase;
    this.on.changed();
  }
}
