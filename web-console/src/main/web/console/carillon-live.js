// @ts-check
/** Whether the numbers are live: a word, the time of the last answer, and a switch to hold them. */
import { LitElement, html } from 'lit';
import { clockSeconds, duration } from '../shared/format.js';
import * as icons from '../shared/icons.js';

class Live extends LitElement {
  static properties = { desk: { hasChanged: () => true } };

  constructor() {
    super();
    /** @type {import('./desk.js').Desk | null} */
    this.desk = null;
  }

  createRenderRoot() {
    return this;
  }

  render() {
    const desk = /** @type {import('./desk.js').Desk} */ (this.desk);
    const { isPaused } = desk.poller;
    const label = isPaused ? 'Resume the refresh' : 'Pause the refresh';
    return html`
      ${this.#words(desk, isPaused)}
      <button
        class="icon-button"
        aria-label=${label}
        title=${label}
        @click=${() => desk.togglePause()}
      >
        ${isPaused ? icons.play() : icons.pause()}
      </button>
    `;
  }

  /** @param {import('./desk.js').Desk} desk @param {boolean} isPaused */
  #words(desk, isPaused) {
    const { receivedAt } = desk.shown;
    const at = receivedAt === 0 ? '' : clockSeconds(receivedAt);
    if (isPaused) return html`<p class="live idle">Paused <span class="muted">${at}</span></p>`;
    switch (desk.freshness) {
      case 'fresh':
        return html`<p class="live ok">
          <i class="dot"></i>Live <span class="muted">${at}</span>
        </p>`;
      case 'stale': {
        const age = duration(Date.now() - receivedAt);
        return html`<p class="live warn">
          ${icons.warning()}<span><span class="hide-narrow">Last update </span>${age} ago</span>
        </p>`;
      }
      case 'failed':
        return html`<p class="live warn">${icons.warning()}No answer</p>`;
      default:
        return html`<p class="live idle">Loading…</p>`;
    }
  }
}

customElements.define('carillon-live', Live);
