// @ts-check
/** The frame of the console: log in, navigation, state of the data, and the page in the middle. */
import { LitElement, html, nothing } from 'lit';
import { count, duration, plural } from '../shared/format.js';
import * as icons from '../shared/icons.js';
import { currentTheme, toggleTheme } from '../shared/theme.js';
import './carillon-connections.js';
import './carillon-live.js';
import './carillon-login.js';
import './carillon-nodes.js';
import { Desk } from './desk.js';
import { otherConsoles } from './places.js';
import { hashOf } from './route.js';

const TITLES = { nodes: 'Nodes', connections: 'Connections' };

class Console extends LitElement {
  constructor() {
    super();
    this.desk = new Desk({ changed: () => this.requestUpdate() });
    /** Whether somebody was logged in when this was drawn last. */
    this.wasOpen = false;
  }

  // Light DOM: the sheets of the page apply, and tables and dialogs are one document.
  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener('hashchange', () => this.desk.go(location.hash));
    document.addEventListener('visibilitychange', () => this.desk.visibilityChanged());
    // Ages and "last update" go on while no answer comes.
    setInterval(() => this.requestUpdate(), 1000);
    this.desk.go(location.hash);
  }

  updated() {
    // Whoever logged in by the keyboard goes on in the page, and not before it.
    if (this.desk.session.isOpen && !this.wasOpen) this.#content?.focus();
    this.wasOpen = this.desk.session.isOpen;
    const page = this.desk.session.isOpen ? `${TITLES[this.desk.route.page]} · ` : '';
    document.title = `${page}Carillon console`;
  }

  render() {
    const { desk } = this;
    if (!desk.session.isOpen) {
      return html`<carillon-login .session=${desk.session}></carillon-login>`;
    }
    return html`
      <a class="skip" href="#content" @click=${this.#skip}>Skip to the content</a>
      <div class="shell">
        ${this.#sidebar()} ${this.#top()}
        <main id="content" tabindex="-1">
          ${this.#trouble()}
          ${
            desk.route.page === 'nodes'
              ? html`<carillon-nodes .desk=${desk}></carillon-nodes>`
              : html`<carillon-connections .desk=${desk}></carillon-connections>`
          }
        </main>
      </div>
    `;
  }

  #sidebar() {
    const nodes = this.desk.nodeList;
    const connections = nodes.reduce((sum, node) => sum + node.connections, 0);
    const known = this.desk.nodes.data !== null;
    return html`<header class="side">
      <p class="brand hide-narrow"><span class="logo">${icons.bell()}</span>Carillon console</p>
      <nav aria-label="Pages">
        <h2 class="hide-narrow">Monitor</h2>
        ${this.#link('nodes', icons.nodes(), known ? count(nodes.length) : '')}
        ${this.#link('connections', icons.link(), known ? count(connections) : '')}
      </nav>
      <div class="self hide-narrow">
        <span>Operator</span>
        ${this.#logOut()}
      </div>
    </header>`;
  }

  /** @param {import('./route.js').PageName} page @param {unknown} icon @param {string} number */
  #link(page, icon, number) {
    const isCurrent = this.desk.route.page === page;
    return html`<a href=${hashOf({ page })} aria-current=${isCurrent ? 'page' : nothing}>
      ${icon}<span>${TITLES[page]}</span><span class="count">${number}</span>
    </a>`;
  }

  #top() {
    const dark = currentTheme() === 'dark';
    const theme = dark ? 'Light theme' : 'Dark theme';
    return html`<div class="top" role="region" aria-label="State">
      <span class="logo only-narrow">${icons.bell()}</span>
      ${this.#cluster()}
      <carillon-live .desk=${this.desk}></carillon-live>
      <button
        class="icon-button"
        aria-label=${theme}
        title=${theme}
        @click=${() => {
          toggleTheme();
          this.requestUpdate();
        }}
      >
        ${dark ? icons.sun() : icons.moon()}
      </button>
      <span class="only-narrow">${this.#logOut()}</span>
    </div>`;
  }

  #logOut() {
    return html`<button
      class="icon-button"
      aria-label="Log out"
      title="Log out"
      @click=${() => this.desk.session.logOut()}
    >
      ${icons.leave()}
    </button>`;
  }

  #cluster() {
    const nodes = this.desk.nodeList;
    if (nodes.length === 0) return html`<p class="cluster"></p>`;
    const self = nodes.find((node) => node.self);
    return html`<p class="cluster">
      <b title="The node that serves this page">${self?.name ?? ''}</b>
      ${this.desk.isOld ? this.#countBefore() : countNow(nodes)}
    </p>`;
  }

  /** Nobody knows whether they live. On a phone the age stands beside it, and once is enough. */
  #countBefore() {
    const age = duration(Date.now() - this.desk.nodes.receivedAt);
    return html`<span class="pill idle">
      <span
        >${plural(this.desk.nodeList.length, 'node')}<span class="hide-narrow"
          >, ${age} ago</span
        ></span
      >
    </span>`;
  }

  /** The node behind this page is gone: where the console is still to be had. */
  #trouble() {
    const { desk } = this;
    if (!desk.isOld) return nothing;
    const others = otherConsoles(desk.nodeList, location.protocol);
    return html`<div class="notice warn" role="alert">
      ${icons.warning()}
      <p>
        ${desk.problem || 'No answer for some seconds.'}
        ${desk.freshness === 'stale' ? 'What you see is the last that was known.' : ''}
        ${others.length > 0 ? html`Other nodes, if they live: ${others.map(consoleLink)}` : nothing}
      </p>
      <button class="button" @click=${() => desk.readAgain()}>Try now</button>
    </div>`;
  }

  /** @param {Event} event */
  #skip(event) {
    // The address is the state of the page, so the link must not change it.
    event.preventDefault();
    this.#content?.focus();
  }

  get #content() {
    return /** @type {HTMLElement | null} */ (this.querySelector('#content'));
  }
}

/** @param {import('./desk.js').NodeRow[]} nodes */
function countNow(nodes) {
  const live = nodes.filter((node) => node.state === 'live').length;
  const all = live === nodes.length;
  return html`<span class="pill ${all ? 'ok' : 'warn'}">
    ${all ? icons.check() : icons.warning()}
    ${all ? `${plural(live, 'node')} live` : `${live} of ${plural(nodes.length, 'node')} live`}
  </span>`;
}

/** @param {import('./places.js').Place} place */
function consoleLink({ name, url }) {
  return html`<a href=${url}>${name}</a> `;
}

customElements.define('carillon-console', Console);
