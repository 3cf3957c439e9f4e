// @ts-check
/**
 * What was said in a room, in the order of its stream, with notes between. Pure.
 *
 * Speaker and "mine" come from the publication's info, which the server writes; the data is the
 * speaker's own claim and gives text, id and time only.
 *
 * @typedef {{client: string, user: string, connInfo?: {name?: unknown}}} Speaker
 * @typedef {{data: unknown, info?: Speaker, offset?: number}} Publication
 * @typedef {{kind: 'message', key: string, offset: number, user: string, name: string,
 *   text: string, id: string, mine: boolean, at: number | null}} Message
 * @typedef {{kind: 'note', key: string, text: string, at: number, grave: boolean}} Note
 * @typedef {Message | Note} Entry
 */
import { cleanName } from './names.js';

/** Older entries leave the page: a room that is open for days must not grow without end. */
export const ENTRIES_MAX = 500;

/** Longer texts are cut; this page itself sends at most TEXT_MAX characters. */
const TEXT_SHOWN_MAX = 8000;
export const TEXT_MAX = 2000;

/** A claimed time that lies this far in the future is no time. */
const CLOCK_SKEW_MILLIS = 60_000;

export class Transcript {
  constructor() {
    /** @type {readonly Entry[]} */
    this.entries = [];
    /** Everything up to this offset has left the page. */
    this.droppedOffset = 0;
    this.nextKey = 1;
  }

  /**
   * Adds a publication in its place. One that is known already, by offset or by the speaker's own
   * id, changes nothing.
   *
   * @param {Publication} publication
   * @param {{ownUser: string, now: number, live: boolean, above?: boolean}} context live: it was
   *     said just now; above: it belongs above the notes that are there, as what was said before
   *     one came does
   * @returns {Message | null} the new message
   */
  add(publication, context) {
    const message = messageOf(publication, context, `message-${this.nextKey++}`);
    if (message.offset !== 0 && message.offset <= this.droppedOffset) return null;
    if (this.#knows(message)) return null;
    const at = context.above
      ? this.#afterSmaller(message.offset)
      : this.#beforeLarger(message.offset);
    this.entries = [...this.entries.slice(0, at), message, ...this.entries.slice(at)];
    this.#trim();
    return message;
  }

  /** @param {string} text @param {number} now @param {boolean} [grave] something may be missing */
  note(text, now, grave = false) {
    const key = `note-${this.nextKey++}`;
    this.entries = [...this.entries, { kind: 'note', key, text, at: now, grave }];
    this.#trim();
  }

  /** Another stream begins: what is here stays, but its offsets mean nothing any more. */
  restart() {
    this.entries = this.entries.map((entry) =>
      entry.kind === 'message' ? { ...entry, offset: 0 } : entry,
    );
    this.droppedOffset = 0;
  }

  /** @param {Message} message */
  #knows(message) {
    return this.entries.some(
      (entry) =>
        entry.kind === 'message' &&
        ((message.offset !== 0 && entry.offset === message.offset) ||
          (message.id !== '' && entry.id === message.id && entry.user === message.user)),
    );
  }

  /** What is said now comes last, below the notes. @param {number} offset */
  #beforeLarger(offset) {
    const larger = this.entries.findIndex(
      (entry) => entry.kind === 'message' && offset !== 0 && entry.offset > offset,
    );
    return larger < 0 ? this.entries.length : larger;
  }

  /** What was said before comes first, above the notes. @param {number} offset */
  #afterSmaller(offset) {
    for (let i = this.entries.length - 1; i >= 0; i--) {
      const entry = this.entries[i];
      if (entry.kind === 'message' && entry.offset < offset) return i + 1;
    }
    return 0;
  }

  #trim() {
    for (const entry of this.entries.slice(0, -ENTRIES_MAX)) {
      if (entry.kind === 'message') this.droppedOffset = Math.max(this.droppedOffset, entry.offset);
    }
    this.entries = this.entries.slice(-ENTRIES_MAX);
  }
}

/**
 * @param {Publication} publication
 * @param {{ownUser: string, now: number, live: boolean}} context
 * @param {string} key
 * @returns {Message}
 */
function messageOf({ data, info, offset = 0 }, { ownUser, now, live }, key) {
  const claim = /** @type {{text?: unknown, id?: unknown, at?: unknown}} */ (data ?? {});
  const user = info?.user ?? '';
  return {
    kind: 'message',
    key,
    offset,
    user,
    name: nameOf(info),
    text: textOf(claim.text),
    id: typeof claim.id === 'string' ? claim.id : '',
    mine: user !== '' && user === ownUser,
    at: live ? now : timeOf(claim.at, now),
  };
}

/** @param {Speaker | undefined} info @returns {string} the name that the server vouches for */
export function nameOf(info) {
  const name = info?.connInfo?.name;
  return (typeof name === 'string' ? cleanName(name) : '') || 'Somebody';
}

/** @param {unknown} text */
function textOf(text) {
  if (typeof text !== 'string') return '(This page cannot show this message.)';
  return text.length > TEXT_SHOWN_MAX ? `${text.slice(0, TEXT_SHOWN_MAX)}…` : text;
}

/** @param {unknown} at @param {number} now */
function timeOf(at, now) {
  return typeof at === 'number' && at > 0 && at < now + CLOCK_SKEW_MILLIS ? at : null;
}
