// @ts-check
/** Where a message is written. Enter sends, Shift and Enter start a new line. Fires "say". */
import { LitElement, html, nothing } from 'lit';
import { count } from '../shared/format.js';
import { TEXT_MAX } from './transcript.js';

/** From here on the count of characters is shown. */
const COUNT_FROM = TEXT_MAX - 200;
const HEIGHT_MAX = 160;

class Composer extends LitElement {
  static properties = { roomName: {}, full: {}, shut: {}, length: { state: true } };

  constructor() {
    super();
    this.roomName = '';
    this.full = false;
    this.shut = false;
    this.length = 0;
  }

  createRenderRoot() {
    return this;
  }

  firstUpdated() {
    // On a phone the focus would open the keyboard over the history.
    if (matchMedia('(pointer: fine)').matches) this.#area.focus();
  }

  get #area() {
    return /** @type {HTMLTextAreaElement} */ (this.querySelector('textarea'));
  }

  #grow() {
    const area = this.#area;
    this.length = area.value.length;
    area.style.height = 'auto';
    area.style.height = `${Math.min(area.scrollHeight, HEIGHT_MAX)}px`;
  }

  /** @param {KeyboardEvent} event */
  #keydown(event) {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#say();
  }

  /** @param {Event} event */
  #submit(event) {
    event.preventDefault();
    this.#say();
    this.#area.focus();
  }

  #say() {
    const text = this.#area.value.trim();
    if (text === '' || this.full || this.shut) return;
    this.#area.value = '';
    this.#grow();
    this.dispatchEvent(new CustomEvent('say', { detail: text }));
  }

  render() {
    return html`<form class="composer" @submit=${this.#submit}>
      <label class="visually-hidden" for="message">Message to #${this.roomName}</label>
      <div class="composer-box">
        <textarea
          id="message"
          rows="1"
          dir="auto"
          maxlength=${TEXT_MAX}
          placeholder="Message to #${this.roomName}"
          aria-describedby="message-hint"
          enterkeyhint="send"
          ?disabled=${this.shut}
          @input=${this.#grow}
          @keydown=${this.#keydown}
        ></textarea>
        <button class="button primary" ?disabled=${this.length === 0 || this.full || this.shut}>
          Send
        </button>
      </div>
      <p class="hint" id="message-hint">
        ${
          this.full
            ? 'Too many messages wait to be sent.'
            : html`<span class="keys">Enter sends, Shift and Enter start a new line. </span>Up to
                ${count(TEXT_MAX)} characters.`
        }
        ${
          this.length >= COUNT_FROM
            ? html`<span class="left" role="status">${count(TEXT_MAX - this.length)} left</span>`
            : nothing
        }
      </p>
    </form>`;
  }
}

customElements.define('carillon-composer', Composer);
