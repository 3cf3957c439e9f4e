// @ts-check
/** Asks for the operator's password. */
import { LitElement, html, nothing } from 'lit';
import * as icons from '../shared/icons.js';
import { ApiError } from './api.js';

class Login extends LitElement {
  static properties = {
    session: {},
    problem: { state: true },
    busy: { state: true },
    waitSeconds: { state: true },
  };

  constructor() {
    super();
    /** @type {import('./session.js').Session | null} */
    this.session = null;
    this.problem = '';
    this.busy = false;
    this.waitSeconds = 0;
    /** @type {ReturnType<typeof setInterval> | undefined} */
    this.countdown = undefined;
  }

  createRenderRoot() {
    return this;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.countdown);
  }

  firstUpdated() {
    this.problem = this.session?.endedBecause ?? '';
    this.#input.focus();
  }

  get #input() {
    return /** @type {HTMLInputElement} */ (this.querySelector('#password'));
  }

  /** @param {SubmitEvent} event */
  async #submit(event) {
    event.preventDefault();
    if (this.busy || this.waitSeconds > 0) return;
    if (this.#input.value === '') {
      this.problem = 'Enter the password.';
      return this.#input.focus();
    }
    this.busy = true;
    try {
      await this.session?.logIn(this.#input.value);
    } catch (error) {
      this.#failed(/** @type {Error} */ (error));
    } finally {
      this.busy = false;
    }
  }

  /** @param {Error} error */
  #failed(error) {
    this.problem = error.message;
    this.#input.select();
    if (error instanceof ApiError && error.status === 429) this.#wait(error.retryAfterSeconds || 5);
  }

  /** @param {number} seconds */
  #wait(seconds) {
    clearInterval(this.countdown);
    this.waitSeconds = seconds;
    this.countdown = setInterval(() => {
      if (--this.waitSeconds <= 0) clearInterval(this.countdown);
    }, 1000);
  }

  render() {
    const isWaiting = this.waitSeconds > 0;
    return html`<main class="login">
      <form class="card" novalidate @submit=${this.#submit}>
        <p class="brand"><span class="logo">${icons.bell()}</span>Carillon console</p>
        <h1>Log in</h1>
        <input class="visually-hidden" name="username" autocomplete="username" value="operator"
          readonly tabindex="-1" aria-hidden="true" />
        <div class="field">
          <label for="password">Password</label>
          <input
            id="password"
            class="input"
            type="password"
            autocomplete="current-password"
            aria-invalid=${this.problem !== ''}
            aria-describedby="password-problem password-hint"
          />
          <p class="problem" id="password-problem" role="alert">${this.problem || nothing}</p>
          <p class="hint" id="password-hint">
            The node that was started says where its password is kept.
          </p>
        </div>
        <button class="button primary wide" ?disabled=${this.busy || isWaiting}>
          ${isWaiting ? `Try again in ${this.waitSeconds} s` : 'Log in'}
        </button>
      </form>
    </main>`;
  }
}

customElements.define('carillon-login', Login);
