// @ts-check
/** Rooms, the people in this one, and who one is oneself. Fires "leave" and "close". */
import { LitElement, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import * as icons from '../shared/icons.js';
import { plural } from '../shared/format.js';
import { currentTheme, toggleTheme } from '../shared/theme.js';
import { initials, roomProblem, tidyRoom, toneOf } from './names.js';

/** More people than this are counted, not listed. */
const LISTED_MAX = 200;

class Sidebar extends LitElement {
  static properties = {
    connection: { hasChanged: () => true },
    room: { hasChanged: () => true },
    roomName: {},
    rooms: {},
    people: { hasChanged: () => true },
    problem: { state: true },
  };

  constructor() {
    super();
    /** @type {import('./connection.js').Connection | null} */
    this.connection = null;
    /** @type {import('./room.js').Room | null} */
    this.room = null;
    this.roomName = '';
    /** @type {string[]} */
    this.rooms = [];
    /** @type {import('./people.js').Person[]} */
    this.people = [];
    this.problem = '';
  }

  createRenderRoot() {
    return this;
  }

  /** @param {SubmitEvent} event */
  #go(event) {
    event.preventDefault();
    const input = /** @type {HTMLInputElement} */ (this.querySelector('#other-room'));
    const room = tidyRoom(input.value);
    this.problem = roomProblem(room);
    if (this.problem !== '') return input.focus();
    input.value = '';
    location.hash = room;
  }

  render() {
    return html`
      <div class="sidebar-head">
        <p class="brand"><span class="logo">${icons.bell()}</span>Carillon chat</p>
        <button
          class="icon-button drawer-close"
          aria-label="Close rooms and people"
          @click=${() => this.dispatchEvent(new CustomEvent('close'))}
        >
          ${icons.close()}
        </button>
      </div>
      ${this.#rooms()} ${this.#people()} ${this.#self()}
    `;
  }

  #rooms() {
    return html`<nav aria-label="Rooms">
      <h2>Rooms</h2>
      <ul>
        ${this.rooms.map(
          (room) =>
            html`<li>
              <a href="#${room}" aria-current=${room === this.roomName ? 'page' : nothing}>
                ${icons.hash()}<span>${room}</span>
              </a>
            </li>`,
        )}
      </ul>
      <form class="go" novalidate @submit=${this.#go}>
        <label class="visually-hidden" for="other-room">Another room</label>
        <input
          id="other-room"
          class="input"
          placeholder="Another room"
          autocomplete="off"
          autocapitalize="none"
          spellcheck="false"
          aria-invalid=${this.problem !== ''}
          aria-describedby=${this.problem === '' ? nothing : 'other-room-problem'}
        />
        <button class="button">Go</button>
      </form>
      ${
        this.problem === ''
          ? nothing
          : html`<p class="problem" id="other-room-problem" role="alert">${this.problem}</p>`
      }
    </nav>`;
  }

  #people() {
    const people = this.people;
    const own = this.connection?.guest?.user ?? '';
    return html`<section class="people" aria-labelledby="people-title">
      <h2 id="people-title">Here now <span class="count">${people.length || nothing}</span></h2>
      ${
        this.room?.peopleProblem
          ? html`<p class="hint">Who is here is not shown. ${this.room.peopleProblem}</p>`
          : nothing
      }
      <ul tabindex="0" aria-label="People in this room">
        ${repeat(
          people.slice(0, LISTED_MAX),
          ({ user }) => user,
          (person) => personItem(person, person.user === own),
        )}
      </ul>
      ${
        people.length > LISTED_MAX
          ? html`<p class="hint">and ${plural(people.length - LISTED_MAX, 'other')}</p>`
          : nothing
      }
    </section>`;
  }

  #self() {
    const dark = currentTheme() === 'dark';
    return html`<div class="self">
      <span class="name" title=${this.connection?.guest?.name ?? ''}
        ><span class="muted">You are </span><bdi>${this.connection?.guest?.name}</bdi></span
      >
      <button
        class="icon-button"
        aria-label=${dark ? 'Light theme' : 'Dark theme'}
        title=${dark ? 'Light theme' : 'Dark theme'}
        @click=${() => {
          toggleTheme();
          this.requestUpdate();
        }}
      >
        ${dark ? icons.sun() : icons.moon()}
      </button>
      <button
        class="icon-button"
        aria-label="Leave the chat"
        title="Leave the chat"
        @click=${() => this.dispatchEvent(new CustomEvent('leave'))}
      >
        ${icons.leave()}
      </button>
    </div>`;
  }
}

/** @param {import('./people.js').Person} person @param {boolean} isSelf */
function personItem({ user, name }, isSelf) {
  return html`<li>
    <span class="avatar tone-${toneOf(user)}" aria-hidden="true">${initials(name)}</span>
    <bdi class="name" title=${name}>${name}</bdi>
    ${isSelf ? html`<span class="muted">you</span>` : nothing}
  </li>`;
}

customElements.define('carillon-sidebar', Sidebar);
