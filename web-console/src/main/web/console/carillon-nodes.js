// @ts-check
/** The nodes of the cluster. */
import { LitElement, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { count, dateTime, duration, plural } from '../shared/format.js';
import * as icons from '../shared/icons.js';
import { pageUrls } from './places.js';
import { hashOf } from './route.js';

class Nodes extends LitElement {
  static properties = { desk: { hasChanged: () => true } };

  constructor() {
    super();
    /** @type {import('./desk.js').Desk} */
    this.desk = /** @type {any} */ (null);
  }

  createRenderRoot() {
    return this;
  }

  render() {
    const { desk } = this;
    const { data } = desk.nodes;
    return html`
      <div class="page-head">
        <h1>Nodes</h1>
        <p class="muted">${this.#summary()}</p>
      </div>
      ${this.#versions()}
      <div class="card table-card fit ${desk.freshness === 'stale' ? 'stale' : ''}">
        ${
          data === null
            ? html`<div class="nothing">
                <p>${desk.freshness === 'failed' ? desk.problem : 'Loading…'}</p>
              </div>`
            : this.#table(data.items, data.as_of, desk.isOld)
        }
      </div>
    `;
  }

  #summary() {
    const nodes = this.desk.nodeList;
    if (nodes.length === 0) return '';
    const connections = nodes.reduce((sum, node) => sum + node.connections, 0);
    return `${plural(nodes.length, 'node')} with ${plural(connections, 'connection')}`;
  }

  #versions() {
    const versions = [...new Set(this.desk.nodeList.map(({ version }) => version))];
    if (versions.length < 2) return nothing;
    return html`<p class="notice warn" role="status">
      ${icons.warning()}<span>The nodes run different versions: ${versions.join(', ')}.</span>
    </p>`;
  }

  /** @param {import('./desk.js').NodeRow[]} nodes @param {number} now @param {boolean} isOld */
  #table(nodes, now, isOld) {
    return html`<div class="scroll" role="region" aria-label="Nodes" tabindex="0">
      <table class="nodes">
        <caption class="visually-hidden">
          Nodes of the cluster
        </caption>
        <thead>
          <tr>
            <th scope="col">Node</th>
            <th scope="col">State</th>
            <th scope="col" class="cell-number">Connections</th>
            <th scope="col" class="cell-number">Up</th>
            <th scope="col">Verticles</th>
            <th scope="col">Address</th>
            <th scope="col">Version</th>
            <th scope="col">Open</th>
          </tr>
        </thead>
        <tbody>
          ${repeat(
            nodes,
            ({ incarnation }) => incarnation,
            (node) => nodeRow(node, now, isOld),
          )}
        </tbody>
      </table>
    </div>`;
  }
}

/**
 * @param {import('./desk.js').NodeRow['state']} state
 * @param {boolean} isOld whether it is the last that was known
 */
function stateOf(state, isOld) {
  if (state === 'suspect') {
    return html`<span class="state warn">${icons.warning()}No sign of life</span>`;
  }
  return isOld
    ? html`<span class="state">Was live</span>`
    : html`<span class="state ok">${icons.check()}Live</span>`;
}

/** @param {import('./desk.js').NodeRow} node @param {number} now @param {boolean} isOld */
function nodeRow(node, now, isOld) {
  return html`<tr>
    <th scope="row" title="Incarnation ${node.incarnation}">
      <span class="node-name">${node.name}</span>
      ${node.self ? html`<span class="tag" title="It serves this page">this node</span>` : nothing}
      ${
        node.oldest
          ? html`<span class="tag" title="In the cluster for longest">oldest</span>`
          : nothing
      }
    </th>
    <td data-label="State">${stateOf(node.state, isOld)}</td>
    <td data-label="Connections" class="cell-number">
      <a
        href=${hashOf({ page: 'connections', q: `node:${node.name}` })}
        aria-label="${count(node.connections)} connections on ${node.name}"
        >${count(node.connections)}</a
      >
    </td>
    <td data-label="Up" class="cell-number" title="Started at ${dateTime(node.started_at)}">
      ${duration(now - node.started_at)}
    </td>
    <td data-label="Verticles" class="cell-wrap">
      <div>${node.verticles.map((name) => html`<span class="tag">${name}</span> `)}</div>
    </td>
    <td data-label="Address" class="cell-mono">${node.address}</td>
    <td data-label="Version">
      <span><span class="mono">${node.version}</span> <span class="muted">${node.role}</span></span>
    </td>
    <td data-label="Open">
      <span
        >${pageUrls(node).map((url) => html`<a href=${url}>${url.replace(/:.*/, '')}</a> `)}</span
      >
    </td>
  </tr>`;
}

customElements.define('carillon-nodes', Nodes);
