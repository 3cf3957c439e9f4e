// @ts-check
/**
 * Where a chat page can reach the nodes, in the order in which it tries: the best address of every
 * node, then the second of those that have one, and so on. Pure: it is told what happened and
 * answers where to go next.
 *
 * @typedef {{name: string, origin: string}} Place a node's name and the origin of one of its URLs
 * @typedef {{name: string, urls: string[], chat?: boolean, pages?: boolean}} LiveNode
 *   chat: it has a chat hub; pages: it answers plain requests; both are true when nothing is said
 * @typedef {{self: string, nodes: LiveNode[]}} NodesReply what /nodes.json answers
 */

import { isAmong, reachable, socketUrl } from '../shared/origins.js';

/** A close code from here on was chosen by a node that is alive, except 3001: it shuts down. */
const FIRST_PROTOCOL_CODE = 3000;
const SHUTDOWN = 3001;

/** Nodes that left are tried after the live ones; older ones than these are forgotten. */
const FORMER_MAX = 16;

export class NodeRing {
  /**
   * @param {string} pageOrigin the origin that served the page: the first place to try
   * @param {() => number} [random] spreads the pages of a dead node over the others
   */
  constructor(pageOrigin, random = Math.random) {
    this.pageOrigin = pageOrigin;
    this.random = random;
    /** @type {Place[]} */
    this.places = [{ name: '', origin: pageOrigin }];
    this.index = 0;
    /** The node behind the page's origin, once it said so. */
    this.pageNode = '';
    /** Origins of nodes with a chat hub and nothing else. @type {Set<string>} */
    this.hubsOnly = new Set();
    /** Origins of nodes with everything but a chat hub. @type {string[]} */
    this.pagesOnly = [];
    /** Whether the node that answered last has addresses, and the page none of the cluster's. */
    this.isStranger = false;
    /** @type {Map<string, number>} where each other node stands in this page's order, by name */
    this.ranks = new Map();
  }

  /** @returns {Place} where the next attempt goes */
  get current() {
    return this.places[this.index];
  }

  /** The address of the next attempt's WebSocket. */
  get socketUrl() {
    return socketUrl(this.current.origin);
  }

  /** Origins for a plain request, the current one first. @returns {string[]} */
  get origins() {
    const { places, index } = this;
    const inOrder = [...places.slice(index), ...places.slice(0, index)].map(({ origin }) => origin);
    const answering = inOrder.filter((origin) => !this.hubsOnly.has(origin));
    return [...new Set([...answering, ...this.pagesOnly])];
  }

  /**
   * Takes the live nodes. The place in use stays in use while its node lives; without it the ring
   * goes on with the first live one. Those that left come after the live ones: when all that live
   * now are dead, one of them may be back. An answer without any usable node changes nothing.
   *
   * @param {NodesReply} reply
   * @param {string} [from] the origin that gave this answer
   */
  update(reply, from = '') {
    if (from === this.pageOrigin) this.pageNode = reply.self;
    const before = this.current.origin;
    const live = this.#placesOf(reply.nodes);
    if (live.length === 0) return;
    this.isStranger = isStranger(reply, this.pageOrigin);
    const originsOf = (/** @type {LiveNode[]} */ nodes) =>
      nodes.flatMap((node) => this.#originsOf(node));
    this.hubsOnly = new Set(originsOf(reply.nodes.filter(({ pages }) => pages === false)));
    this.pagesOnly = originsOf(
      reply.nodes.filter(({ chat, pages }) => chat === false && pages !== false),
    );
    const named = new Set(live.map(({ name }) => name));
    const origins = new Set(live.map(({ origin }) => origin));
    const former = this.places.filter(
      ({ name, origin }) => !origins.has(origin) && !named.has(name),
    );
    const kept = live.findIndex(({ origin }) => origin === before);
    this.places = [...live, ...former.slice(0, FORMER_MAX)];
    this.index = Math.max(0, kept);
  }

  /**
   * The addresses of the nodes with a chat hub. One that several have is one place without a name.
   *
   * @param {LiveNode[]} nodes
   * @returns {Place[]}
   */
  #placesOf(nodes) {
    const hubs = nodes.filter(({ chat }) => chat !== false);
    const rows = this.#inOrder(
      hubs.map((node) => ({ name: node.name, origins: this.#originsOf(node) })),
    );
    const longest = Math.max(0, ...rows.map(({ origins }) => origins.length));
    /** @type {Map<string, Place>} */
    const places = new Map();
    for (let column = 0; column < longest; column++) {
      for (const { name, origins } of rows.filter((row) => row.origins.length > column)) {
        const origin = origins[column];
        places.set(origin, { name: places.has(origin) ? '' : name, origin });
      }
    }
    return [...places.values()];
  }

  /** Where this page reaches the node; empty when it can't. @param {LiveNode} node */
  #originsOf({ name, urls }) {
    return name === this.pageNode ? [this.pageOrigin] : reachable(urls, this.pageOrigin);
  }

  /**
   * The page's node first, the others in an order of this page's own.
   *
   * @param {{name: string, origins: string[]}[]} rows
   */
  #inOrder(rows) {
    const rank = (/** @type {{name: string, origins: string[]}} */ { name, origins }) => {
      if (origins[0] === this.pageOrigin) return -1;
      if (!this.ranks.has(name)) this.ranks.set(name, this.random());
      return /** @type {number} */ (this.ranks.get(name));
    };
    return rows
      .map((row) => ({ row, at: rank(row) }))
      .sort((one, other) => one.at - other.at)
      .map(({ row }) => row);
  }

  /** An attempt at this origin did not open. @param {string} origin */
  failed(origin) {
    // A late report about a place that was left already must not move the ring twice.
    if (this.current.origin === origin) this.index = (this.index + 1) % this.places.length;
  }

  /**
   * A connection to this origin, which had opened, ended. A node that says why is alive and is
   * kept; one that went away or falls silent is left at once.
   *
   * @param {string} origin
   * @param {number} code the code of the close event
   */
  lost(origin, code) {
    if (code < FIRST_PROTOCOL_CODE || code === SHUTDOWN) this.failed(origin);
  }

  /** The node behind an origin, or the origin itself. @param {string} origin */
  nameOf(origin) {
    const place = this.places.find((candidate) => candidate.origin === origin);
    return place?.name || origin.replace(/^https?:\/\//, '');
  }
}

/** @param {NodesReply} reply @param {string} pageOrigin */
function isStranger({ self, nodes }, pageOrigin) {
  const own = nodes.find(({ name }) => name === self)?.urls ?? [];
  return own.length > 0 && !nodes.some(({ urls }) => isAmong(urls, pageOrigin));
}
