// @ts-check
/** The connections of all verticles on all nodes: filtered, sorted and paged by the server. */
import { LitElement, html, nothing } from 'lit';
import { clockSeconds, count, plural } from '../shared/format.js';
import * as icons from '../shared/icons.js';
import './carillon-confirm.js';
import './carillon-table.js';
import { COLUMNS, orderWords } from './columns.js';
import { PAGE_LIMIT } from './desk.js';
import { nextSort } from './route.js';

/** Nobody types a filter letter by letter for the server. */
const TYPING_MILLIS = 300;

/** What an action came to is news for this long. */
const NEWS_MILLIS = 10_000;

class Connections extends LitElement {
  static properties = { desk: { hasChanged: () => true }, happened: { state: true } };

  constructor() {
    super();
    /** @type {import('./desk.js').Desk} */
    this.desk = /** @type {any} */ (null);
    /** What the last action came to, in words. */
    this.happened = '';
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.typing = undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.news = undefined;
    this.shortcut = (/** @type {KeyboardEvent} */ event) => this.#shortcut(event);
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener('keydown', this.shortcut);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.typing);
    clearTimeout(this.news);
    removeEventListener('keydown', this.shortcut);
  }

  get #input() {
    return /** @type {HTMLInputElement} */ (this.querySelector('#filter'));
  }

  updated() {
    // The address may change without the box: back, or a link from the nodes.
    const isTyping = document.activeElement === this.#input;
    if (!isTyping && this.#input.value !== this.desk.route.q) this.#input.value = this.desk.route.q;
  }

  /** @param {KeyboardEvent} event */
  #shortcut(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    const isTyping = target.matches('input, textarea, select') || target.closest('dialog') !== null;
    if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.#input.focus();
    this.#input.select();
  }

  #filter() {
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.#apply(this.#input.value), TYPING_MILLIS);
  }

  /** @param {string} q */
  #apply(q) {
    clearTimeout(this.typing);
    this.#input.value = q;
    this.desk.set({ q: q.trim() }, true);
  }

  /** @param {CustomEvent<{key: string, kind: string}>} event */
  #sort({ detail: { key, kind } }) {
    this.desk.set({ sort: nextSort(this.desk.route.sort, key, kind === 'number') }, true);
  }

  /** @param {CustomEvent} event */
  #ask({ detail }) {
    this.happened = '';
    void (/** @type {any} */ (this.querySelector('carillon-confirm')).ask(detail));
  }

  /** @param {CustomEvent<string>} event */
  #done({ detail }) {
    this.happened = detail;
    clearTimeout(this.news);
    this.news = setTimeout(() => (this.happened = ''), NEWS_MILLIS);
  }

  render() {
    const { desk } = this;
    const page = desk.connections.data;
    const isOld = desk.freshness === 'stale' || desk.filterProblem !== '';
    return html`
      <div class="page-head">
        <h1>Connections</h1>
        <p class="muted">
          ${page === null ? '' : `${count(page.total)} on ${plural(desk.nodeList.length, 'node')}`}
        </p>
        <p class="happened" role="status">${this.happened}</p>
      </div>
      ${this.#tools()} ${this.#partial()}
      <div class="card table-card ${isOld ? 'stale' : ''}">
        ${
          page === null || page.items.length === 0
            ? this.#nothing(page)
            : html`<carillon-table
                label="Connections"
                .columns=${COLUMNS}
                .rows=${page.items}
                .sort=${desk.route.sort}
                .busy=${desk.ending}
                .now=${page.as_of}
                @sort=${this.#sort}
                @act=${this.#ask}
              ></carillon-table>`
        }
        ${page === null ? nothing : this.#foot(page)}
      </div>
      <carillon-confirm .desk=${desk} @done=${this.#done}></carillon-confirm>
    `;
  }

  #tools() {
    const { filterProblem, route } = this.desk;
    return html`<div class="tools">
      <form
        class="filter"
        role="search"
        @submit=${(/** @type {Event} */ event) => {
          event.preventDefault();
          this.#apply(this.#input.value);
        }}
      >
        <label class="visually-hidden" for="filter">Filter the connections</label>
        ${icons.search()}
        <input
          id="filter"
          class="input"
          placeholder="Filter, such as transport:websocket"
          autocomplete="off"
          autocapitalize="none"
          spellcheck="false"
          aria-invalid=${filterProblem !== ''}
          aria-describedby="filter-hint"
          @input=${this.#filter}
        />
        ${
          route.q === ''
            ? html`<kbd class="hide-narrow" aria-hidden="true">/</kbd>`
            : html`<button
                type="button"
                class="icon-button"
                aria-label="Clear the filter"
                @click=${() => {
                  this.#apply('');
                  this.#input.focus();
                }}
              >
                ${icons.close()}
              </button>`
        }
      </form>
      ${this.#sortBox()}
      <p id="filter-hint" class=${filterProblem === '' ? 'hint' : 'problem'} role="status">
        ${
          filterProblem ||
          html`Part of a client, user or address, or <b>user:</b> <b>client:</b> <b>node:</b>
            <b>transport:</b> <b>address:</b> with <b>*</b> for any characters.`
        }
      </p>
    </div>`;
  }

  /** On a phone the head of the table is not shown. */
  #sortBox() {
    const { sort } = this.desk.route;
    const choose = (/** @type {Event} */ event) => {
      const { value } = /** @type {HTMLSelectElement} */ (event.target);
      this.desk.set({ sort: value }, true);
    };
    return html`<label class="sort-box only-narrow">
      <span class="muted">Order</span>
      <select class="input" @change=${choose}>
        ${COLUMNS.flatMap((column) =>
          [`-${column.key}`, column.key].map(
            (order) =>
              html`<option value=${order} ?selected=${order === sort}>
                ${orderWords(column, order)}
              </option>`,
          ),
        )}
      </select>
    </label>`;
  }

  /** Nodes that do not answer: their rows are what was known last. */
  #partial() {
    const suspects = this.desk.nodeList.filter((node) => node.state === 'suspect');
    if (suspects.length === 0) return nothing;
    const names = suspects.map(({ name }) => name).join(', ');
    return html`<p class="notice warn" role="status">
      ${icons.warning()}<span>No sign of life from ${names}: those rows may be out of date.</span>
    </p>`;
  }

  /** @param {import('./desk.js').ConnectionPage | null} page */
  #nothing(page) {
    const { desk } = this;
    if (desk.filterProblem !== '') return this.#nothingFor('Nothing is shown for this filter.');
    if (page === null) {
      const words = desk.freshness === 'failed' ? desk.problem : 'Loading…';
      return html`<div class="nothing"><p>${words}</p></div>`;
    }
    if (desk.route.q !== '') {
      return this.#nothingFor(
        html`None of ${plural(page.total, 'connection')} matches <b>${desk.route.q}</b>.`,
      );
    }
    return html`<div class="nothing">
      <p>No connections yet.</p>
      <p class="muted">Open <a href="/">the chat</a> in another window: it appears here.</p>
    </div>`;
  }

  /** @param {unknown} words what the filter came to */
  #nothingFor(words) {
    return html`<div class="nothing">
      <p>${words}</p>
      <button class="button" @click=${() => this.#apply('')}>Clear the filter</button>
    </div>`;
  }

  /** @param {import('./desk.js').ConnectionPage} page */
  #foot(page) {
    const { desk } = this;
    const { from, to } = desk.pages.range(PAGE_LIMIT, page.items.length);
    // With an error in the filter these are the rows of before.
    const isFiltered = desk.route.q !== '' && desk.filterProblem === '';
    const matches = `${count(page.matched)}${isFiltered ? ' that match' : ''}`;
    return html`<footer class="table-foot">
      <p>${count(from)}–${count(to)} of ${matches}</p>
      <p class="hide-narrow">as of ${clockSeconds(page.as_of)}, refreshed every 2 s</p>
      <button
        class="button"
        ?disabled=${!desk.pages.hasPrevious}
        @click=${() => desk.previousPage()}
      >
        ${icons.previous()}Previous
      </button>
      <button class="button" ?disabled=${page.next === null} @click=${() => desk.nextPage()}>
        Next${icons.next()}
      </button>
    </footer>`;
  }
}

customElements.define('carillon-connections', Connections);
