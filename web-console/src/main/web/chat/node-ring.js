// @ts-check
/**
 * The nodes that a chat page can use, in the order in which it tries them. Pure: it is told what
 * happened and answers where to go next.
 *
 * @typedef {{name: string, origin: string}} Place a node's name and the origin of one of its URLs
 * @typedef {{name: string, urls: string[], chat?: boolean, pages?: boolean}} LiveNode
 *   chat: it has a chat hub; pages: it answers plain requests; both are true when nothing is said
 * @typedef {{self: string, nodes: LiveNode[]}} NodesReply what /nodes.json answers
 */

import { bestOrigin, socketUrl } from '../shared/origins.js';

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
    /** @type {Map<string, number>} where each other node stands in this page's order */
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
    const live = this.#inOrder(this.#placesOf(reply.nodes));
    if (live.length === 0) return;
    const originsOf = (/** @type {LiveNode[]} */ nodes) =>
      nodes.map((node) => this.#originOf(node)).filter((origin) => origin !== '');
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
   * One place per node with a chat hub. Nodes behind one address are one place without a name.
   *
   * @param {LiveNode[]} nodes
   * @returns {Place[]}
   */
  #placesOf(nodes) {
    /** @type {Map<string, Place>} */
    const places = new Map();
    for (const node of nodes) {
      const origin = this.#originOf(node);
      if (node.chat === false || origin === '') continue;
      places.set(origin, { name: places.has(origin) ? '' : node.name, origin });
    }
    return [...places.values()];
  }

  /** Where this page reaches the node; empty when it can't. @param {LiveNode} node */
  #originOf({ name, urls }) {
    return name === this.pageNode ? this.pageOrigin : bestOrigin(urls, this.pageOrigin);
  }

  /** The page's node first, the others in an order of this page's own. @param {Place[]} places */
  #inOrder(places) {
    const rank = (/** @type {Place} */ { origin }) => {
      if (origin === this.pageOrigin) return -1;
      if (!this.ranks.has(origin)) this.ranks.set(origin, this.random());
      return /** @type {number} */ (this.ranks.get(origin));
    };
    return places
      .map((place) => ({ place, at: rank(place) }))
      .sort((one, other) => one.at - other.at)
      .map(({ place }) => place);
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
