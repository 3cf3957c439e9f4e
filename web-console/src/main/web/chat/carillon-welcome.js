// @ts-check
/** Asks who enters. Fires "enter" with the name. */
import { LitElement, html } from 'lit';
import * as icons from '../shared/icons.js';
import { lastName } from './guest.js';
import { NAME_MAX, cleanName, nameProblem, roomProblem, tidyRoom } from './names.js';

class Welcome extends LitElement {
  static properties = { room: {}, problem: { state: true }, roomFault: { state: true } };

  constructor() {
    super();
    this.room = '';
    this.problem = '';
    this.roomFault = '';
  }

  createRenderRoot() {
    return this;
  }

  firstUpdated() {
    this.#input('name').value = lastName();
    this.#input('name').focus();
  }

  /** @param {string} id @returns {HTMLInputElement} */
  #input(id) {
    return /** @type {HTMLInputElement} */ (this.querySelector(`#${id}`));
  }

  /** @param {Event} event */
  #submit(event) {
    event.preventDefault();
    const name = this.#input('name').value;
    const room = tidyRoom(this.#input('room').value);
    this.problem = nameProblem(name);
    this.roomFault = roomProblem(room);
    if (this.problem !== '') return this.#input('name').focus();
    if (this.roomFault !== '') return this.#input('room').focus();
    if (room !== this.room) location.hash = room;
    this.dispatchEvent(new CustomEvent('enter', { detail: cleanName(name) }));
  }

  render() {
    return html`<main class="welcome">
      <form class="card" novalidate @submit=${this.#submit}>
        <p class="brand"><span class="logo">${icons.bell()}</span>Carillon chat</p>
        <h1>Who are you?</h1>
        <div class="field">
          <label for="name">Your name</label>
          <input
            id="name"
            class="input"
            autocomplete="nickname"
            spellcheck="false"
            aria-invalid=${this.problem !== ''}
            aria-describedby="name-hint"
          />
          ${hint('name-hint', this.problem, `Others see it. Up to ${NAME_MAX} characters.`)}
        </div>
        <div class="field">
          <label for="room">Room</label>
          <input
            id="room"
            class="input"
            autocomplete="off"
            autocapitalize="none"
            spellcheck="false"
            .value=${this.room}
            aria-invalid=${this.roomFault !== ''}
            aria-describedby="room-hint"
          />
          ${hint('room-hint', this.roomFault, 'Lowercase letters, digits and hyphens.')}
        </div>
        <button class="button primary wide">Enter</button>
      </form>
    </main>`;
  }
}

/** @param {string} id @param {string} problem @param {string} otherwise */
function hint(id, problem, otherwise) {
  return problem === ''
    ? html`<p class="hint" id=${id}>${otherwise}</p>`
    : html`<p class="problem" id=${id} role="alert">${problem}</p>`;
}

customElements.define('carillon-welcome', Welcome);
