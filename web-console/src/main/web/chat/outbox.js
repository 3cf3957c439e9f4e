// @ts-check
/**
 * What this page wants to say and is not yet known to be said. Pure.
 *
 * A message carries an id of its own. It is confirmed when a publication of this user with that id
 * arrives, whatever became of the reply. A message that got no answer, or error 100, is looked for
 * in the stream first; only when it is not there it is sent again, once by itself, and with the
 * same id. A page shows one id of one user once: so an answer that was lost never doubles a
 * message, nor does one that is stored late.
 *
 * On a new connection the look is at once: the node that was asked is gone, or has given up. While
 * the connection lasts it is only when nothing can be stored late any more (Lookout). Until then
 * what was written later waits: half a minute is long, but an answer that stands above its question
 * is worse, and whoever does not want to wait can send it again, or discard it, by hand.
 *
 * waiting → sending → sent (acknowledged; leaves when its publication arrives)
 *    ↑         ├────→ failed (refused)
 *    └──────── └────→ unsure (not certain; may have been delivered) → failed (not there twice)
 *
 * @typedef {'waiting' | 'sending' | 'sent' | 'unsure' | 'failed'} OutboxState
 * @typedef {{id: string, text: string, at: number, state: OutboxState, problem: string,
 *   resent: boolean}} Outgoing
 */

export const OUTBOX_MAX = 50;

export class Outbox {
  constructor() {
    /** @type {readonly Outgoing[]} */
    this.entries = [];
  }

  get isFull() {
    return this.entries.length >= OUTBOX_MAX;
  }

  /** @param {string} id @param {string} text @param {number} now */
  add(id, text, now) {
    const entry = { id, text, at: now, problem: '', resent: false };
    this.entries = [...this.entries, { ...entry, state: 'waiting' }];
  }

  /** The next message to send, now marked as being sent; one is under way, or unsure, at a time. */
  take() {
    if (this.entries.some(({ state }) => state === 'sending' || state === 'unsure')) return null;
    const next = this.entries.find((entry) => entry.state === 'waiting');
    if (next === undefined) return null;
    this.#set(next.id, 'sending', '');
    return next;
  }

  /** The server has it. @param {string} id */
  acknowledged(id) {
    this.#set(id, 'sent', '');
  }

  /** The server refused it. @param {string} id @param {string} problem in words */
  refused(id, problem) {
    this.#set(id, 'failed', problem);
  }

  /** No answer came, or one that is none: the server is not certain. @param {string} id */
  unanswered(id) {
    this.#set(id, 'unsure', 'Not confirmed yet. It may have been delivered; this page looks for it.');
  }

  /** Its publication arrived. @param {string} id @returns {boolean} whether it was one of these */
  arrived(id) {
    const left = this.entries.filter((entry) => entry.id !== id);
    const found = left.length < this.entries.length;
    if (found) this.entries = left;
    return found;
  }

  /** All that the stream holds has been seen: what is still unsure was not delivered. */
  settle() {
    this.entries = this.entries.map((entry) => {
      if (entry.state !== 'unsure') return entry;
      if (!entry.resent) return { ...entry, state: 'waiting', problem: '', resent: true };
      return { ...entry, state: 'failed', problem: 'Sent twice and not confirmed.' };
    });
  }

  /** @param {string} id */
  retry(id) {
    const entry = this.entries.find((candidate) => candidate.id === id);
    if (entry?.state === 'failed' || entry?.state === 'unsure') this.#set(id, 'waiting', '');
  }

  /** @param {string} id */
  discard(id) {
    this.entries = this.entries.filter((entry) => entry.id !== id);
  }

  /** @param {string} id @param {OutboxState} state @param {string} problem */
  #set(id, state, problem) {
    this.entries = this.entries.map((entry) =>
      entry.id === id ? { ...entry, state, problem } : entry,
    );
  }
}
