// @ts-check
/**
 * Where pages are to be had: a node may run any part of the whole. Pure.
 *
 * @typedef {import('./desk.js').NodeRow} NodeRow
 * @typedef {{name: string, url: string}} Place
 */

/**
 * The node's URLs at which a browser finds a page; a chat hub alone has an address, but none.
 *
 * @param {Pick<NodeRow, 'urls' | 'verticles'>} node
 */
export function pageUrls({ urls, verticles }) {
  return verticles.includes('http2-server') ? urls : [];
}

/**
 * The consoles of the other nodes, as far as these showed a sign of life.
 *
 * @param {NodeRow[]} nodes
 * @param {string} protocol of this page, which is preferred
 * @returns {Place[]}
 */
export function otherConsoles(nodes, protocol) {
  return nodes
    .filter((node) => !node.self && node.state === 'live')
    .filter((node) => node.verticles.includes('admin-api') && node.urls.length > 0)
    .map(({ name, urls }) => {
      const url = urls.find((candidate) => candidate.startsWith(protocol)) ?? urls[0];
      return { name, url: `${url.replace(/\/$/, '')}/console/` };
    });
}
