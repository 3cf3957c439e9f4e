// @ts-check
/** The messages of a room. Fires "retry" and "discard" with the id of an unsent message. */
import { LitElement, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { clock, dateTime, plural } from '../shared/format.js';
import * as icons from '../shared/icons.js';
import { Follower } from './follower.js';
import { initials, toneOf } from './names.js';

/** Messages of one person within this time stand under one name. */
const GROUP_MILLIS = 5 * 60_000;

const STATES = {
  waiting: 'Waiting to be sent',
  sending: 'Sending…',
  sent: '',
  unsure: '',
  failed: '',
};

class Log extends LitElement {
  static properties = {
    entries: {},
    outgoing: {},
    ready: {},
    ended: {},
    roomName: {},
    missed: { state: true },
  };

  constructor() {
    super();
    /** @type {readonly import('./transcript.js').Entry[]} */
    this.entries = [];
    /** @type {readonly import('./outbox.js').Outgoing[]} */
    this.outgoing = [];
    this.ready = false;
    /** Whether there is no connection that could load anything. */
    this.ended = false;
    this.roomName = '';
    /** Messages below the fold, while the reader looks at older ones. */
    this.missed = 0;
    this.follower = new Follower();
  }

  createRenderRoot() {
    return this;
  }

  /** However many messages arrive between two frames, they are drawn once. */
  async scheduleUpdate() {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    return super.scheduleUpdate();
  }

  get #scroller() {
    return /** @type {HTMLElement} */ (this.querySelector('.log'));
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('roomName') || (changed.has('outgoing') && this.#isNewOwn(changed))) {
      this.follower.follows = true;
    }
    if (this.follower.follows) this.missed = 0;
    else if (changed.has('entries')) this.missed += this.#added(changed);
  }

  /** What one says oneself is what one wants to see. @param {Map<string, unknown>} changed */
  #isNewOwn(changed) {
    const before = /** @type {typeof this.outgoing | undefined} */ (changed.get('outgoing'));
    return this.outgoing.length > (before?.length ?? 0);
  }

  /** @param {Map<string, unknown>} changed */
  #added(changed) {
    const before = /** @type {typeof this.entries | undefined} */ (changed.get('entries')) ?? [];
    const known = new Set(before.map(({ key }) => key));
    return this.entries.filter(({ kind, key }) => kind === 'message' && !known.has(key)).length;
  }

  firstUpdated() {
    const content = /** @type {HTMLElement} */ (this.#scroller.querySelector('ol'));
    this.follower.watch(this.#scroller, content);
  }

  updated() {
    this.follower.keep(this.#scroller);
  }

  #scrolled() {
    this.follower.scrolled(this.#scroller);
    if (this.follower.follows) this.missed = 0;
  }

  #toEnd() {
    this.missed = 0;
    this.follower.toEnd(this.#scroller);
  }

  render() {
    const isEmpty = this.entries.length === 0 && this.outgoing.length === 0;
    return html`
      <div
        class="log"
        role="log"
        aria-label="Messages in #${this.roomName}"
        aria-busy=${!this.ready && !this.ended}
        tabindex="0"
        @scroll=${this.#scrolled}
      >
        ${isEmpty ? this.#empty() : nothing}
        <ol>
          ${repeat(
            this.entries,
            ({ key }) => key,
            (entry, index) => this.#entry(entry, this.entries[index - 1]),
          )}
          ${repeat(
            this.outgoing,
            ({ id }) => id,
            (outgoing) => this.#outgoing(outgoing),
          )}
        </ol>
      </div>
      ${
        this.missed > 0
          ? html`<button class="button to-end" @click=${this.#toEnd}>
              ${icons.arrowDown()}${plural(this.missed, 'new message')}
            </button>`
          : nothing
      }
    `;
  }

  #empty() {
    if (this.ended && !this.ready) return nothing;
    return html`<p class="empty">
      ${this.ready ? 'Nothing has been said here yet. Be the first.' : 'Loading the history…'}
    </p>`;
  }

  /**
   * @param {import('./transcript.js').Entry} entry
   * @param {import('./transcript.js').Entry | undefined} before
   */
  #entry(entry, before) {
    if (entry.kind === 'note') {
      return html`<li class="note ${entry.grave ? 'grave' : ''}">
        <span>${entry.text}</span> ${time(entry.at)}
      </li>`;
    }
    const isFollowing = continues(entry, before);
    return html`<li class="message ${entry.mine ? 'mine' : ''} ${isFollowing ? 'following' : ''}">
      ${isFollowing ? speakerForReaders(entry) : speaker(entry)} ${textOf(entry.text, entry.at)}
    </li>`;
  }

  /** @param {import('./outbox.js').Outgoing} outgoing */
  #outgoing({ id, text, state, problem }) {
    const isStuck = state === 'unsure' || state === 'failed';
    return html`<li class="message mine outgoing ${state}">
      <span class="visually-hidden">You: </span>
      ${textOf(text, null)}
      ${
        isStuck
          ? html`<p class="state">
              ${icons.warning()}<span>${problem}</span>
              <button class="link-button" @click=${() => this.#fire('retry', id)}>
                Send again
              </button>
              <button class="link-button" @click=${() => this.#fire('discard', id)}>Discard</button>
            </p>`
          : html`<p class="state">${STATES[state] || nothing}</p>`
      }
    </li>`;
  }

  /** @param {string} type @param {string} id */
  #fire(type, id) {
    this.dispatchEvent(new CustomEvent(type, { detail: id }));
  }
}

/**
 * @param {import('./transcript.js').Message} message
 * @param {import('./transcript.js').Entry | undefined} before
 */
function continues(message, before) {
  if (before?.kind !== 'message' || before.user !== message.user) return false;
  if (before.name !== message.name) return false;
  return Math.abs((message.at ?? 0) - (before.at ?? 0)) < GROUP_MILLIS;
}

/** @param {import('./transcript.js').Message} message */
function speaker({ user, name, mine, at }) {
  return html`
    ${
      mine
        ? nothing
        : html`<span class="avatar tone-${toneOf(user)}" aria-hidden="true"
            >${initials(name)}</span
          >`
    }
    <p class="speaker">
      <bdi class="name">${mine ? 'You' : name}</bdi> ${at === null ? nothing : time(at)}
    </p>
  `;
}

/** The eye sees who goes on speaking; the ear has to be told. */
function speakerForReaders(/** @type {import('./transcript.js').Message} */ { name, mine }) {
  return html`<span class="visually-hidden">${mine ? 'You' : name}: </span>`;
}

/** No space around the text: line breaks in it are shown. */
function textOf(/** @type {string} */ text, /** @type {number | null} */ at) {
  const said = at === null ? nothing : dateTime(at);
  return html`<p class="text" dir="auto" title=${said}>${text}</p>`;
}

/** @param {number} at */
function time(at) {
  return html`<time class="muted" datetime=${new Date(at).toISOString()}>${clock(at)}</time>`;
}

customElements.define('carillon-log', Log);
