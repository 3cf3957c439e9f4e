// @ts-check
/** Asks before a connection is ended. Fires "done" with what happened, in words. */
import { LitElement, html, nothing } from 'lit';
import { dateTime } from '../shared/format.js';
import { ApiError } from './api.js';
import { transportName } from './columns.js';

class Confirm extends LitElement {
  static properties = {
    desk: {},
    connection: { state: true },
    problem: { state: true },
    busy: { state: true },
  };

  constructor() {
    super();
    /** @type {import('./desk.js').Desk | null} */
    this.desk = null;
    /** @type {import('./columns.js').Connection | null} */
    this.connection = null;
    this.problem = '';
    this.busy = false;
  }

  createRenderRoot() {
    return this;
  }

  get #dialog() {
    return /** @type {HTMLDialogElement} */ (this.querySelector('dialog'));
  }

  /** @param {import('./columns.js').Connection} connection */
  async ask(connection) {
    this.connection = connection;
    this.problem = '';
    await this.updateComplete;
    this.#dialog.showModal();
  }

  async #disconnect() {
    const connection = /** @type {import('./columns.js').Connection} */ (this.connection);
    const name = nameOf(connection);
    this.busy = true;
    try {
      await this.desk?.disconnect(connection);
      this.#done(`Disconnecting ${name}.`);
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) {
        this.#done(`The connection of ${name} had ended already.`);
      } else this.problem = /** @type {Error} */ (error).message;
    } finally {
      this.busy = false;
    }
  }

  /** @param {string} words */
  #done(words) {
    this.#dialog.close();
    this.dispatchEvent(new CustomEvent('done', { detail: words }));
  }

  render() {
    const { connection } = this;
    return html`<dialog class="card" aria-labelledby="confirm-title">
      ${connection === null ? nothing : this.#question(connection)}
    </dialog>`;
  }

  /** @param {import('./columns.js').Connection} connection */
  #question(connection) {
    return html`
      <h2 id="confirm-title">Disconnect ${connection.user || 'this connection'}?</h2>
      <p>
        The connection ends at once. This is written to the node's log. A client is free to connect
        again.
      </p>
      <dl>
        ${
          connection.client === ''
            ? nothing
            : html`<dt>Client</dt>
                <dd class="mono">${connection.client}</dd>`
        }
        <dt>Id</dt>
        <dd class="mono">${connection.id}</dd>
        <dt>Address</dt>
        <dd class="mono">${connection.address}</dd>
        <dt>Transport</dt>
        <dd>${transportName(connection.transport)} on ${connection.node}</dd>
        <dt>Since</dt>
        <dd>${dateTime(connection.since)}</dd>
      </dl>
      <p class="problem" role="alert">${this.problem || nothing}</p>
      <div class="buttons">
        <button class="button" autofocus @click=${() => this.#dialog.close()}>Cancel</button>
        <button class="button danger solid" ?disabled=${this.busy} @click=${this.#disconnect}>
          Disconnect
        </button>
      </div>
    `;
  }
}

/** @param {import('./columns.js').Connection} connection */
function nameOf({ user, client, address }) {
  return user || client || address;
}

customElements.define('carillon-confirm', Confirm);
