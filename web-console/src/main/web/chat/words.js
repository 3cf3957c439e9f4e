// @ts-check
/** Codes of the protocol in words, as docs/PROTOCOL.md lists them. Pure. */
import { sentence } from '../shared/format.js';

/** Of a publish: it may have been stored, or may still be. */
const INTERNAL_ERROR = 100;

const ERRORS = new Map([
  [INTERNAL_ERROR, 'The server could not do this just now.'],
  [101, 'You are not allowed to do that.'],
  [102, 'The server has no such room.'],
  [103, 'You are not allowed in this room.'],
  [106, 'You are in too many rooms.'],
  [107, 'The server does not accept this.'],
  [108, 'This server does not offer that.'],
  [109, 'The access token has expired.'],
  [110, 'The access has expired.'],
  [111, 'Too much at once. Wait a moment.'],
]);

const UNSUBSCRIBES = new Map([[2000, 'An operator took you out of this room.']]);

const DISCONNECTS = new Map([
  [0, 'You left.'],
  [1, 'The server gave no access token.'],
  [2, 'The server and this page do not understand each other. Reload the page.'],
  [3, 'A message was too large for the server.'],
  [3001, 'The node is shutting down.'],
  [3004, 'The node had an internal error.'],
  [3005, 'The access has expired.'],
  [3008, 'This connection was too slow to follow.'],
  [3011, 'The server asked for a new connection.'],
  [3012, 'The node did not hear from this page.'],
  [3500, 'The server does not accept the access token.'],
  [3501, 'The server and this page do not understand each other. Reload the page.'],
  [3503, 'An operator ended this connection.'],
  [3504, 'This server has no room for another connection of yours.'],
  [3507, 'The server does not let you in.'],
]);

/** @param {{code?: number, message?: string}} error an error reply to a command */
export function errorWords({ code = 0, message = '' }) {
  return ERRORS.get(code) ?? (sentence(message) || 'The server refused it.');
}

/**
 * @param {{code?: number, reason?: string}} context why a subscription ended: an error reply, or
 *   the server ended it
 */
export function unsubscribeWords({ code = 0, reason = '' }) {
  return UNSUBSCRIBES.get(code) ?? errorWords({ code, message: reason });
}

/** @param {{code?: number, reason?: string}} context why a connection ended */
export function disconnectWords({ code = 0, reason = '' }) {
  return DISCONNECTS.get(code) ?? (sentence(reason) || 'The connection ended.');
}

/**
 * Why a node that answers takes no connection.
 *
 * @param {string} node
 * @param {boolean} isStranger whether the page's address is none that the nodes know
 */
export function refusalWords(node, isStranger) {
  const mend = 'An operator can add it to http_server.public_urls or client.allowed_origins.';
  return isStranger
    ? `This address is not one of ${node}'s. ${mend}`
    : `${node} answers but takes no new connection. It may have lost the other nodes, or be full.`;
}

/**
 * Whether no answer came, or the connection ended before one could.
 *
 * @param {{code?: number}} error
 */
export function isUnanswered({ code = 0 }) {
  return code < 100;
}

/**
 * Whether a failed publish may have been carried out all the same: no answer came, or the server
 * answered that it does not know.
 *
 * @param {{code?: number}} error
 */
export function isAmbiguous({ code = 0 }) {
  return isUnanswered({ code }) || code === INTERNAL_ERROR;
}
