// @ts-check
/** Where a page reaches the nodes. Pure. */

const SOCKET_PATH = '/connection/websocket';

/** Of one node; a machine has more addresses of its own than anybody should try. */
const ORIGINS_MAX = 3;

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** The address of a node's WebSocket. @param {string} origin */
export function socketUrl(origin) {
  return origin.replace(/^http/, 'ws') + SOCKET_PATH;
}

/**
 * Where a page may reach a node, best first and a few at most. The page's own origin, then its own
 * host: what answered once leads to this machine again. Then the others in the node's order. A page
 * keeps to its scheme, as a secure one must. One that came over the network leaves out localhost,
 * which is the reader's machine.
 *
 * @param {string[]} urls of the node
 * @param {string} pageOrigin
 * @returns {string[]}
 */
export function reachable(urls, pageOrigin) {
  const page = new URL(pageOrigin);
  const all = urls
    .flatMap(parsed)
    .filter((url) => LOOPBACK.has(page.hostname) || !LOOPBACK.has(url.hostname));
  const same = all.filter(({ protocol }) => protocol === page.protocol);
  const usable = same.length > 0 || page.protocol === 'https:' ? same : all;
  const distance = (/** @type {URL} */ url) => {
    if (url.origin === pageOrigin) return 0;
    return isSameHost(url.hostname, page.hostname) ? 1 : 2;
  };
  const inOrder = usable.sort((one, other) => distance(one) - distance(other));
  return [...new Set(inOrder.map(({ origin }) => origin))].slice(0, ORIGINS_MAX);
}

/**
 * The first of them; empty when there is none.
 *
 * @param {string[]} urls
 * @param {string} pageOrigin
 */
export function bestOrigin(urls, pageOrigin) {
  return reachable(urls, pageOrigin)[0] ?? '';
}

/**
 * Whether a page has the origin of one of these URLs. The names of loopback are one, as a node
 * takes them.
 *
 * @param {string[]} urls
 * @param {string} pageOrigin
 */
export function isAmong(urls, pageOrigin) {
  const page = new URL(pageOrigin);
  return urls
    .flatMap(parsed)
    .some(
      ({ protocol, port, hostname }) =>
        protocol === page.protocol && port === page.port && isSameHost(hostname, page.hostname),
    );
}

/** @param {string} one @param {string} other */
function isSameHost(one, other) {
  return one === other || (LOOPBACK.has(one) && LOOPBACK.has(other));
}

/** @param {string} url @returns {URL[]} empty when it is none of the web */
function parsed(url) {
  try {
    const known = new URL(url);
    return /^https?:$/.test(known.protocol) ? [known] : [];
  } catch {
    return [];
  }
}
