// @ts-check
/** The chat page: asks for a name, then shows the room that the address names. */
import { LitElement, html, nothing } from 'lit';
import './carillon-composer.js';
import './carillon-log.js';
import './carillon-sidebar.js';
import './carillon-welcome.js';
import * as icons from '../shared/icons.js';
import { Connection } from './connection.js';
import { Guest, forgetTab, remembered } from './guest.js';
import { roomOfHash } from './names.js';
import { Room } from './room.js';

class Chat extends LitElement {
  static properties = { sidebarOpen: { state: true } };

  constructor() {
    super();
    this.sidebarOpen = false;
    this.unread = 0;
    /** @type {Connection | null} */
    this.connection = null;
    /** @type {Room | null} */
    this.room = null;
    this.roomName = roomOfHash(location.hash);
    /** Rooms of this visit. @type {string[]} */
    this.rooms = [this.roomName];
  }

  // Light DOM: the style sheets of the page apply, and the log is one document to a screen reader.
  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener('hashchange', () => this.#switch(roomOfHash(location.hash)));
    addEventListener('focus', () => this.#read());
    document.addEventListener('visibilitychange', () => this.#read());
    matchMedia('(min-width: 761px)').addEventListener('change', () => this.#toggleSidebar(false));
    // The switch of the theme names the other one.
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () =>
      this.requestUpdate(),
    );
    const before = remembered();
    if (before !== null) void this.#enter(before.name, before);
  }

  /**
   * @param {string} name
   * @param {{token: string, user: string}} [identity] of this tab before a reload
   */
  async #enter(name, identity) {
    const connection = new Connection({ changed: () => this.requestUpdate() });
    const guest = new Guest(name, { origins: () => connection.ring.origins });
    if (identity !== undefined) Object.assign(guest, identity);
    this.connection = connection;
    this.requestUpdate();
    await connection.open(guest);
    if (this.connection === connection) this.#join();
  }

  #join() {
    const connection = /** @type {Connection} */ (this.connection);
    this.room = new Room(connection.client, this.roomName, {
      ownUser: () => connection.guest?.user ?? '',
      changed: () => this.requestUpdate(),
      heard: () => this.#heard(),
    });
    this.requestUpdate();
  }

  /** @param {string} name */
  #switch(name) {
    this.#toggleSidebar(false);
    // What was asked for may be no name of a room; the address then says where one is.
    if (location.hash !== `#${name}`) history.replaceState(null, '', `#${name}`);
    if (name === this.roomName) return;
    this.roomName = name;
    if (!this.rooms.includes(name)) this.rooms = [...this.rooms, name];
    this.unread = 0;
    if (this.room !== null) {
      this.room.leave();
      this.#join();
    }
    this.requestUpdate();
  }

  #leave() {
    this.room?.leave();
    this.connection?.close();
    this.room = null;
    this.connection = null;
    forgetTab();
    this.unread = 0;
    this.#toggleSidebar(false);
    this.requestUpdate();
  }

  #heard() {
    if (document.hidden || !document.hasFocus()) this.unread++;
  }

  #read() {
    if (document.hidden || this.unread === 0) return;
    this.unread = 0;
    this.requestUpdate();
  }

  /** @param {boolean} open */
  #toggleSidebar(open) {
    const wasOpen = this.sidebarOpen;
    this.sidebarOpen = open;
    if (open === wasOpen) return;
    // A keyboard must follow what opened or closed.
    void this.updateComplete.then(() => {
      const target = open ? '.sidebar .drawer-close' : '.drawer-open';
      const element = /** @type {HTMLElement | null} */ (this.querySelector(target));
      element?.focus();
    });
  }

  updated() {
    const count = this.unread > 0 ? `(${this.unread > 99 ? '99+' : this.unread}) ` : '';
    document.title = `${count}#${this.roomName} · Carillon chat`;
  }

  render() {
    if (this.connection === null) {
      return html`<carillon-welcome
        .room=${this.roomName}
        @enter=${(/** @type {CustomEvent} */ event) => void this.#enter(event.detail)}
      ></carillon-welcome>`;
    }
    return html`
      <a class="skip" href="#message" @click=${this.#skip}>Skip to writing a message</a>
      <div class="shell ${this.sidebarOpen ? 'drawer' : ''}" @keydown=${this.#keydown}>
        <carillon-sidebar
          class="sidebar"
          role="complementary"
          aria-label="Rooms and people"
          .connection=${this.connection}
          .room=${this.room}
          .roomName=${this.roomName}
          .rooms=${this.rooms}
          .people=${this.room?.people.list ?? []}
          @leave=${this.#leave}
          @close=${() => this.#toggleSidebar(false)}
        ></carillon-sidebar>
        <div class="shade" @click=${() => this.#toggleSidebar(false)}></div>
        <main class="room" ?inert=${this.sidebarOpen}>
          ${this.#header()} ${this.#notice()}
          <carillon-log
            .entries=${this.room?.transcript.entries ?? []}
            .outgoing=${this.room?.outbox.entries ?? []}
            .ready=${this.room?.historyLoaded ?? false}
            .ended=${this.connection?.phase === 'ended'}
            .roomName=${this.roomName}
            @retry=${(/** @type {CustomEvent} */ event) => this.room?.retry(event.detail)}
            @discard=${(/** @type {CustomEvent} */ event) => this.room?.discard(event.detail)}
          ></carillon-log>
          <carillon-composer
            .roomName=${this.roomName}
            .full=${this.room?.outbox.isFull ?? false}
            .shut=${this.room?.state === 'refused'}
            @say=${(/** @type {CustomEvent} */ event) => this.room?.say(event.detail)}
          ></carillon-composer>
        </main>
      </div>
    `;
  }

  #header() {
    const connection = /** @type {Connection} */ (this.connection);
    const people = this.room?.people.list.length ?? 0;
    return html`
      <header class="room-header">
        <button
          class="icon-button drawer-open"
          aria-label="Rooms and people, ${people} here"
          aria-expanded=${this.sidebarOpen}
          @click=${() => this.#toggleSidebar(true)}
        >
          ${icons.people()}
        </button>
        <h1><span class="muted">#</span>${this.roomName}</h1>
        <p class="connection pill ${toneOf(connection.phase)}" role="status">
          ${stateIcon(connection.phase)}<span>${connection.words}</span>
        </p>
      </header>
    `;
  }

  /** What stands in the way, and what to do about it. */
  #notice() {
    const connection = /** @type {Connection} */ (this.connection);
    const { phase, trouble } = connection;
    if (phase === 'ended') {
      const words = `${connection.endedBecause} Nothing is sent until you connect again.`;
      return notice('bad', words, 'Connect again', () => connection.again());
    }
    if (phase !== 'connected' && trouble !== '') return notice('warn', trouble);
    if (this.room?.state === 'refused') {
      return notice('bad', this.room.problem, 'Try again', () => this.room?.tryAgain());
    }
    if (phase === 'connected' && this.room?.state === 'entering' && this.room.problem !== '') {
      return notice('warn', `${this.room.problem} Trying again…`);
    }
    return nothing;
  }

  /** @param {Event} event */
  #skip(event) {
    // The address names the room, so the link must not change it.
    event.preventDefault();
    /** @type {HTMLElement | null} */ (this.querySelector('#message'))?.focus();
  }

  /** @param {KeyboardEvent} event */
  #keydown(event) {
    if (event.key === 'Escape' && this.sidebarOpen) this.#toggleSidebar(false);
  }
}

/** @param {import('./connection.js').Phase} phase */
function toneOf(phase) {
  return { connected: 'ok', connecting: 'idle', reconnecting: 'warn', ended: 'bad' }[phase];
}

/** @param {import('./connection.js').Phase} phase */
function stateIcon(phase) {
  if (phase === 'connected') return icons.check();
  if (phase === 'ended') return icons.stop();
  return phase === 'connecting' ? icons.clock() : icons.warning();
}

/**
 * @param {'warn' | 'bad'} tone
 * @param {string} words
 * @param {string} [action]
 * @param {() => void} [run]
 */
function notice(tone, words, action, run) {
  return html`<div class="notice ${tone}" role="alert">
    ${tone === 'bad' ? icons.stop() : icons.warning()}
    <p>${words}</p>
    ${
      action === undefined ? nothing : html`<button class="button" @click=${run}>${action}</button>`
    }
  </div>`;
}

customElements.define('carillon-chat', Chat);
