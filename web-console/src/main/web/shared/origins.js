// @ts-check
/** Where a page reaches the nodes. Pure. */

const SOCKET_PATH = '/connection/websocket';

/** The address of a node's WebSocket. @param {string} origin */
export function socketUrl(origin) {
  return origin.replace(/^http/, 'ws') + SOCKET_PATH;
}

/**
 * The page's own origin where it is among the URLs; otherwise one of the page's scheme. A secure
 * page can open secure addresses only.
 *
 * @param {string[]} urls
 * @param {string} pageOrigin
 */
export function bestOrigin(urls, pageOrigin) {
  const origins = urls.map(originOf).filter((origin) => origin !== '');
  if (origins.includes(pageOrigin)) return pageOrigin;
  const scheme = pageOrigin.startsWith('https:') ? 'https:' : 'http:';
  const same = origins.find((origin) => origin.startsWith(scheme));
  return same ?? (scheme === 'http:' ? (origins[0] ?? '') : '');
}

/** @param {string} url */
function originOf(url) {
  try {
    const { origin, protocol } = new URL(url);
    return protocol === 'http:' || protocol === 'https:' ? origin : '';
  } catch {
    return '';
  }
}
