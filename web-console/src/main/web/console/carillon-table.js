// @ts-check
/**
 * A table from column descriptors: sorted by its head, one action a row. The rows' actions are one
 * stop for the Tab key; the arrow keys go from row to row.
 *
 * Fires "sort" with a column and "act" with a row.
 */
import { LitElement, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import * as icons from '../shared/icons.js';
import { narrowRow } from './columns.js';

/** @typedef {import('./columns.js').Column} Column */
/** @typedef {import('./columns.js').Connection} Row */

class Table extends LitElement {
  static properties = {
    columns: {},
    rows: {},
    sort: {},
    label: {},
    busy: { hasChanged: () => true },
    now: {},
    current: { state: true },
  };

  constructor() {
    super();
    /** @type {Column[]} */
    this.columns = [];
    /** @type {Row[]} */
    this.rows = [];
    this.sort = '';
    this.label = '';
    /** Rows whose action is under way. @type {Set<string>} */
    this.busy = new Set();
    this.now = 0;
    /** The row that the Tab key reaches. */
    this.current = '';
    this.hadFocus = false;
  }

  createRenderRoot() {
    return this;
  }

  willUpdate() {
    this.hadFocus = this.querySelector('tbody')?.contains(document.activeElement) ?? false;
  }

  updated() {
    // The row that had the focus is gone: a keyboard must not be thrown back to the top.
    if (this.hadFocus && document.activeElement === document.body) this.#focusRow();
  }

  #focusRow() {
    const button = /** @type {HTMLElement | null} */ (this.querySelector('tbody [tabindex="0"]'));
    button?.focus();
  }

  /** @param {KeyboardEvent} event */
  #keydown(event) {
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1, Home: -Infinity, End: Infinity }[
      event.key
    ];
    if (step === undefined || this.rows.length === 0) return;
    event.preventDefault();
    const at = this.rows.findIndex(({ id }) => id === this.current);
    const to = Math.min(Math.max(at + step, 0), this.rows.length - 1);
    this.current = this.rows[to].id;
    void this.updateComplete.then(() => this.#focusRow());
  }

  render() {
    const reachable = this.rows.some(({ id }) => id === this.current)
      ? this.current
      : (this.rows[0]?.id ?? '');
    return html`<div class="scroll" role="region" aria-label=${this.label} tabindex="0">
      <table>
        <caption class="visually-hidden">
          ${this.label}
        </caption>
        <thead>
          <tr>
            ${this.columns.map((column) => this.#head(column))}
            <th scope="col" class="act"><span class="visually-hidden">Action</span></th>
          </tr>
        </thead>
        <tbody @keydown=${this.#keydown}>
          ${repeat(
            this.rows,
            ({ id }) => id,
            (row) => this.#row(row, row.id === reachable),
          )}
        </tbody>
      </table>
    </div>`;
  }

  /** @param {Column} column */
  #head({ key, label, kind, isAge = false }) {
    const isSorted = this.sort.replace(/^-/, '') === key;
    // The arrow says how the numbers run that are shown.
    const isDescending = this.sort.startsWith('-') !== isAge;
    const order = isDescending ? 'descending' : 'ascending';
    return html`<th
      scope="col"
      class="cell-${kind} column-${key}"
      aria-sort=${isSorted ? order : nothing}
    >
      <button @click=${() => this.#fire('sort', { key, kind })}>
        ${label}${isSorted ? (isDescending ? icons.arrowDown() : icons.arrowUp()) : nothing}
      </button>
    </th>`;
  }

  /** @param {Row} row @param {boolean} isReachable */
  #row(row, isReachable) {
    const isBusy = this.busy.has(row.id);
    return html`<tr class=${isBusy ? 'ending' : ''}>
      ${this.columns.map((column) => this.#cell(column, row))}
      <td class="act">
        <button
          class="icon-button"
          tabindex=${isReachable ? 0 : -1}
          aria-label="Disconnect ${row.user || row.client || row.address}"
          title="Disconnect"
          aria-disabled=${isBusy}
          @focus=${() => (this.current = row.id)}
          @click=${() => isBusy || this.#fire('act', row)}
        >
          ${icons.ban()}
        </button>
      </td>
    </tr>`;
  }

  /** @param {Column} column @param {Row} row */
  #cell({ key, kind, text, title }, row) {
    const words = text(row, this.now);
    const details = title?.(row) || nothing;
    return html`<td class="cell-${kind} column-${key}" title=${details}>
      ${kind === 'tag' ? html`<span class="tag">${words}</span>` : cell(key, words)}
      ${key === 'address' ? this.#narrow(row) : nothing}
    </td>`;
  }

  /** On a phone the address has the whole row. @param {Row} row */
  #narrow(row) {
    const { who, where, figures } = narrowRow(row, this.now, this.sort);
    return html`<span class="only-narrow who">${who}</span>
      <span class="only-narrow sub">${where}</span>
      <span class="only-narrow sub">${figures}</span>`;
  }

  /** @param {string} type @param {unknown} detail */
  #fire(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/** @param {string} key @param {string} words */
function cell(key, words) {
  return key === 'address' ? html`<span class="hide-narrow">${words}</span>` : words;
}

customElements.define('carillon-table', Table);
