// @ts-check
/**
 * What this page wants to say and is not yet known to be said. Pure.
 *
 * A message carries an id of its own. It is confirmed when a publication of this user with that id
 * arrives, whatever became of the reply. Sending it again keeps the id, and a page shows one id of
 * one user once: so an answer that was lost never doubles a message.
 *
 * waiting → sending → sent (acknowledged; leaves when its publication arrives)
 *              ├────→ unsure (no answer; may have been delivered) → failed (not in the stream)
 *              └────→ failed (refused)
 *
 * @typedef {'waiting' | 'sending' | 'sent' | 'unsure' | 'failed'} OutboxState
 * @typedef {{id: string, text: string, at: number, state: OutboxState, problem: string}} Outgoing
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
    this.entries = [...this.entries, { id, text, at: now, state: 'waiting', problem: '' }];
  }

  /** The next message to send, now marked as being sent; one is under way at a time. */
  take() {
    if (this.entries.some((entry) => entry.state === 'sending')) return null;
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

  /** No answer came. @param {string} id */
  unanswered(id) {
    this.#set(id, 'unsure', 'No answer yet. It may have been delivered.');
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
    for (const entry of this.entries) {
      if (entry.state === 'unsure') {
        this.#set(entry.id, 'failed', 'Not delivered: the connection was lost before.');
      }
    }
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
