// @ts-check
/**
 * The columns of the connection table, as data: what stands in the head, what sorts, what a cell
 * shows. Pure.
 *
 * @typedef {{id: string, client: string, user: string, address: string, transport: string,
 *   node: string, since: number, rtt_ms: number | null, channels: number, bytes_in: number,
 *   bytes_out: number, messages_in: number, messages_out: number}} Connection
 * @typedef {{key: string, label: string, kind: 'text' | 'mono' | 'tag' | 'number',
 *   text: (row: Connection, now: number) => string, title?: (row: Connection) => string,
 *   isAge?: boolean}} Column isAge: shows how long ago a time was, so that the earliest time is the
 *   largest number
 */
import { count, dateTime, duration, roundTrip, short, size } from '../shared/format.js';

const TRANSPORTS = new Map([
  ['websocket', 'WebSocket'],
  ['tcp', 'TCP'],
  ['udp', 'UDP'],
  ['http/1.1', 'HTTP/1.1'],
  ['h2', 'HTTP/2'],
]);

/** @param {string} transport */
export function transportName(transport) {
  return TRANSPORTS.get(transport) ?? transport;
}

/** @type {Column[]} */
export const COLUMNS = [
  {
    key: 'client',
    label: 'Client',
    kind: 'mono',
    text: (row) => row.client || '–',
    title: (row) => `${row.client} (id ${row.id})`.trim(),
  },
  {
    key: 'user',
    label: 'User',
    kind: 'text',
    text: (row) => row.user || '–',
    title: (row) => row.user,
  },
  {
    key: 'address',
    label: 'Address',
    kind: 'mono',
    text: (row) => row.address,
    title: (row) => row.address,
  },
  {
    key: 'transport',
    label: 'Transport',
    kind: 'tag',
    text: (row) => transportName(row.transport),
  },
  { key: 'node', label: 'Node', kind: 'text', text: (row) => row.node, title: (row) => row.node },
  {
    key: 'since',
    label: 'Since',
    kind: 'number',
    isAge: true,
    text: (row, now) => duration(now - row.since),
    title: (row) => `Connected at ${dateTime(row.since)}`,
  },
  {
    key: 'rtt',
    label: 'Round trip',
    kind: 'number',
    text: (row) => roundTrip(row.rtt_ms) || '–',
  },
  { key: 'channels', label: 'Channels', kind: 'number', text: (row) => count(row.channels) },
  {
    key: 'bytes_in',
    label: 'Bytes in',
    kind: 'number',
    text: (row) => size(row.bytes_in),
    title: (row) => `${count(row.bytes_in)} bytes`,
  },
  {
    key: 'bytes_out',
    label: 'Bytes out',
    kind: 'number',
    text: (row) => size(row.bytes_out),
    title: (row) => `${count(row.bytes_out)} bytes`,
  },
  {
    key: 'messages_in',
    label: 'Messages in',
    kind: 'number',
    text: (row) => short(row.messages_in),
    title: (row) => count(row.messages_in),
  },
  {
    key: 'messages_out',
    label: 'Messages out',
    kind: 'number',
    text: (row) => short(row.messages_out),
    title: (row) => count(row.messages_out),
  },
];

/** The figures for which a phone has room. */
const NARROW = ['since', 'bytes_in', 'bytes_out'];

/**
 * A row where there is no room for columns: who it is, where, and figures, among them the one that
 * the order is by.
 *
 * @param {Connection} row
 * @param {number} now
 * @param {string} sort
 */
export function narrowRow(row, now, sort) {
  const { address, client, node, user } = row;
  const who = user || address;
  const by = COLUMNS.find(({ key }) => key === sort.replace('-', ''));
  const isOther = by?.kind === 'number' && !NARROW.includes(by.key);
  const keys = isOther ? ['since', by.key] : NARROW;
  const figures = COLUMNS.filter(({ key }) => keys.includes(key));
  return {
    who,
    where: [node, who === address ? '' : address, client].filter((part) => part !== '').join(' · '),
    figures: figures.map((column) => narrowFigure(column, column.text(row, now))).join(' · '),
  };
}

/** @param {Column} column @param {string} value */
function narrowFigure({ key, label, isAge }, value) {
  if (isAge) return value;
  const way = /^bytes_(in|out)$/.exec(key);
  return way === null ? `${label.toLowerCase()} ${value}` : `${way[1]} ${value}`;
}

/**
 * An order in words, for a list to choose from.
 *
 * @param {Column} column
 * @param {string} sort
 */
export function orderWords({ label, kind, isAge }, sort) {
  const isDescending = sort.startsWith('-');
  if (isAge) return `${label}, ${isDescending ? 'newest' : 'oldest'} first`;
  if (kind === 'number') return `${label}, ${isDescending ? 'largest' : 'smallest'} first`;
  return `${label}, ${isDescending ? 'Z to A' : 'A to Z'}`;
}
