// @ts-check
/**
 * One room that this page is in: a subscription of the client library, and what it told so far.
 *
 * @typedef {import('./transcript.js').Publication} Publication
 * @typedef {import('./transcript.js').Speaker} Speaker
 */
import { Lookout } from './lookout.js';
import { Outbox } from './outbox.js';
import { People } from './people.js';
import { Transcript, nameOf } from './transcript.js';
import { errorWords, isAmbiguous, isUnanswered, unsubscribeWords } from './words.js';

/** As much as the server keeps and gives at once. */
const HISTORY_LIMIT = 300;

/** Somebody whose page moves to another node leaves and is back within this: no note then. */
const LEAVE_GRACE_MILLIS = 2500;
const FIRST_PRESENCE_MILLIS = 4000;
const NEXT_PRESENCE_MILLIS = 15_000;

/** Everybody reads the whole table: the more there are, the less often. */
const PRESENCE_MILLIS_PER_PERSON = 100;

export class Room {
  /**
   * @param {any} client a connected or connecting Centrifuge client
   * @param {string} name
   * @param {{ownUser: () => string, changed: () => void, heard: () => void}} on heard: somebody
   *     else said something just now
   */
  constructor(client, name, on) {
    this.client = client;
    this.name = name;
    this.on = on;
    this.transcript = new Transcript();
    this.people = new People();
    this.outbox = new Outbox();
    /** @type {'entering' | 'in' | 'refused' | 'left'} */
    this.state = 'entering';
    /** Why the room was refused, or what is wrong with it, in words. */
    this.problem = '';
    this.peopleProblem = '';
    this.historyLoaded = false;
    /** The first history belongs above what happened since; one after a break does not. */
    this.historyAbove = true;
    /** Of the stream that is followed. @type {string | undefined} */
    this.epoch = undefined;
    /** @type {Map<string, ReturnType<typeof setTimeout>>} people who may be back in a moment */
    this.leaving = new Map();
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.presenceTimer = undefined;
    this.lookout = new Lookout({ read: () => this.#readHistory(), seen: () => this.#settle() });
    this.sub = this.#subscription(`chat:${name}`);
    this.sub.subscribe();
  }

  /** @param {string} channel */
  #subscription(channel) {
    const sub = this.client.newSubscription(channel);
    sub.on('subscribing', () => this.#entering());
    sub.on('subscribed', (/** @type {any} */ context) => void this.#entered(context));
    sub.on('unsubscribed', (/** @type {any} */ context) => this.#refused(context));
    sub.on('publication', (/** @type {Publication} */ publication) => this.#heard(publication));
    sub.on('join', (/** @type {{info: Speaker}} */ { info }) => this.#joined(info));
    sub.on('leave', (/** @type {{info: Speaker}} */ { info }) => this.#left(info));
    sub.on('error', (/** @type {any} */ { error }) => this.#troubled(error));
    return sub;
  }

  /** Leaves the room; what was not sent is given up. */
  leave() {
    this.#stopAt('left');
    for (const timer of this.leaving.values()) clearTimeout(timer);
    this.sub.removeAllListeners();
    this.sub.unsubscribe();
    this.client.removeSubscription(this.sub);
  }

  /** Tries a refused room again. */
  tryAgain() {
    this.sub.subscribe();
  }

  /** @param {string} text */
  say(text) {
    this.outbox.add(newId(), text, Date.now());
    this.#flush();
  }

  /** @param {string} id */
  retry(id) {
    this.outbox.retry(id);
    this.#flush();
  }

  /** @param {string} id */
  discard(id) {
    this.outbox.discard(id);
    this.#flush();
  }

  #entering() {
    this.#stopAt('entering');
    this.on.changed();
  }

  /**
   * @param {{wasRecovering: boolean, recovered: boolean,
   *   streamPosition?: {epoch: string}}} context
   */
  async #entered({ wasRecovering, recovered, streamPosition }) {
    this.state = 'in';
    this.problem = '';
    if (wasRecovering && !recovered) this.#breakOff(streamPosition?.epoch);
    this.epoch = streamPosition?.epoch;
    this.on.changed();
    void this.#readPresence(FIRST_PRESENCE_MILLIS);
    // What was recovered is delivered right after this event, before the next microtask.
    await null;
    if (this.historyLoaded || (await this.#loadHistory())) return this.#settle();
    if (this.state === 'in') this.lookout.await(true);
    this.#flush();
  }

  /** What the stream holds is here. */
  #settle() {
    this.outbox.settle();
    this.#flush();
  }

  /**
   * The server cannot replay what was missed: the history is loaded again below what is here.
   *
   * @param {string | undefined} epoch of the stream as it is now
   */
  #breakOff(epoch) {
    if (epoch !== this.epoch) this.transcript.restart();
    this.transcript.note(
      'What was said while you were away could not be replayed. The room was loaded again; ' +
        'messages may be missing.',
      Date.now(),
      true,
    );
    this.historyLoaded = false;
    this.historyAbove = false;
  }

  /** @returns {Promise<boolean>} whether it could be read */
  async #loadHistory() {
    try {
      await this.#readHistory();
      return true;
    } catch (error) {
      if (!isUnanswered(/** @type {any} */ (error))) {
        const words = errorWords(/** @type {any} */ (error));
        this.transcript.note(`Earlier messages cannot be shown. ${words}`, Date.now());
        this.historyLoaded = true;
      }
      return false;
    } finally {
      this.on.changed();
    }
  }

  async #readHistory() {
    const { publications } = await this.sub.history({ limit: HISTORY_LIMIT, reverse: true });
    for (const publication of publications.reverse()) this.#take(publication, false);
    this.historyLoaded = true;
  }

  /** @param {{code: number, reason: string}} context */
  #refused({ code, reason }) {
    this.#stopAt('refused');
    this.problem = unsubscribeWords({ code, reason });
    this.on.changed();
  }

  /** @param {'entering' | 'refused' | 'left'} state */
  #stopAt(state) {
    this.state = state;
    clearTimeout(this.presenceTimer);
    this.lookout.stop();
  }

  /** @param {{code: number, message: string}} error */
  #troubled(error) {
    if (this.state !== 'in') this.problem = errorWords(error);
    this.on.changed();
  }

  /** @param {Publication} publication */
  #heard(publication) {
    const message = this.#take(publication, true);
    if (message !== null && !message.mine) this.on.heard();
    this.#flush();
  }

  /** @param {Publication} publication @param {boolean} live */
  #take(publication, live) {
    const above = !live && this.historyAbove;
    const context = { ownUser: this.on.ownUser(), now: Date.now(), live, above };
    const message = this.transcript.add(publication, context);
    const id = /** @type {{id?: unknown} | null} */ (publication.data)?.id;
    if (publication.info?.user === context.ownUser && typeof id === 'string') {
      this.outbox.arrived(id);
    }
    return message;
  }

  /** @param {Speaker} info */
  #joined(info) {
    const isNew = this.people.join(info);
    if (this.leaving.has(info.user)) this.#cancelLeaving(info.user);
    else if (isNew && info.user !== this.on.ownUser()) {
      this.transcript.note(`${nameOf(info)} joined`, Date.now());
    }
    this.on.changed();
  }

  /** @param {Speaker} info */
  #left(info) {
    if (this.people.leave(info) && info.user !== this.on.ownUser()) {
      this.#cancelLeaving(info.user);
      const timer = setTimeout(() => {
        this.leaving.delete(info.user);
        this.transcript.note(`${nameOf(info)} left`, Date.now());
        this.on.changed();
      }, LEAVE_GRACE_MILLIS);
      this.leaving.set(info.user, timer);
    }
    this.on.changed();
  }

  /** @param {string} user */
  #cancelLeaving(user) {
    clearTimeout(this.leaving.get(user));
    this.leaving.delete(user);
  }

  /** @param {number} again when to read it again, in milliseconds */
  async #readPresence(again) {
    clearTimeout(this.presenceTimer);
    try {
      const isFirst = this.people.clients.size === 0;
      const { came, gone } = this.people.take((await this.sub.presence()).clients);
      this.peopleProblem = '';
      if (!isFirst) this.#noteChanges(came, gone);
    } catch (error) {
      if (!isUnanswered(/** @type {any} */ (error))) {
        this.peopleProblem = errorWords(/** @type {any} */ (error));
      }
    }
    this.on.changed();
    if (this.state !== 'in') return;
    const wait = Math.max(again, this.people.list.length * PRESENCE_MILLIS_PER_PERSON);
    this.presenceTimer = setTimeout(() => void this.#readPresence(NEXT_PRESENCE_MILLIS), wait);
  }

  /**
   * @param {import('./people.js').Person[]} came
   * @param {import('./people.js').Person[]} gone
   */
  #noteChanges(came, gone) {
    const own = this.on.ownUser();
    for (const { user, name } of came) {
      if (user !== own && !this.leaving.has(user))
        this.transcript.note(`${name} joined`, Date.now());
    }
    for (const { user, name } of gone) {
      if (user !== own) this.transcript.note(`${name} left`, Date.now());
    }
  }

  /** Sends what waits, one after the other so that the order holds. */
  #flush() {
    this.on.changed();
    if (this.state !== 'in') return;
    const next = this.outbox.take();
    if (next === null) return;
    const { id, text, at } = next;
    this.sub
      .publish({ text, id, at })
      .then(() => this.outbox.acknowledged(id))
      .catch((/** @type {any} */ error) => {
        if (!isAmbiguous(error)) return this.outbox.refused(id, errorWords(error));
        this.outbox.unanswered(id);
        if (this.state === 'in') this.lookout.await(!isUnanswered(error));
      })
      .finally(() => this.#flush());
  }
}

/** Random enough that no two messages of a user share it. */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
