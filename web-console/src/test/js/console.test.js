import assert from 'node:assert/strict';
import test from 'node:test';
import { COLUMNS, narrowRow, orderWords } from '../../main/web/console/columns.js';
import { emptyFeed, failed, freshness, received } from '../../main/web/console/feed.js';
import { Pages } from '../../main/web/console/pages.js';
import { otherConsoles, pageUrls } from '../../main/web/console/places.js';
import { SORT_KEYS, hashOf, nextSort, routeOf } from '../../main/web/console/route.js';

test('an address and its state are the same thing', () => {
  const routes = [
    { page: 'nodes', q: '', sort: '-since' },
    { page: 'connections', q: 'user:ana* node:n1', sort: 'rtt' },
    { page: 'connections', q: 'a&b=c#d?%', sort: '-bytes_out' },
  ];
  for (const route of routes) assert.deepEqual(routeOf(hashOf(route)), route);
});

test('what an address says wrongly is the default', () => {
  assert.deepEqual(routeOf(''), { page: 'connections', q: '', sort: '-since' });
  assert.deepEqual(routeOf('#/elsewhere?sort=password'), routeOf('#/connections'));
});

test('a click on a column turns its order round, or begins with what matters there', () => {
  assert.equal(nextSort('-since', 'user', false), 'user');
  assert.equal(nextSort('user', 'user', false), '-user');
  assert.equal(nextSort('-user', 'user', false), 'user');
  assert.equal(nextSort('user', 'bytes_out', true), '-bytes_out');
});

test('where there is no room for columns, a row says who, where, and what the order is by', () => {
  const row = /** @type {any} */ ({
    client: 'js',
    user: 'ana',
    address: '127.0.0.1:1',
    node: 'n1',
    since: 1000,
    channels: 2,
    bytes_in: 2048,
    bytes_out: 0,
  });
  assert.deepEqual(narrowRow(row, 62_000, '-channels'), {
    who: 'ana',
    where: 'n1 · 127.0.0.1:1 · js',
    figures: '1m 1s · channels 2',
  });
  const nobody = narrowRow({ ...row, user: '', client: '' }, 62_000, '-since');
  assert.deepEqual(nobody, {
    who: '127.0.0.1:1',
    where: 'n1',
    figures: '1m 1s · in 2 KB · out 0 B',
  });
});

test('every column can be sorted by', () => {
  assert.deepEqual(
    COLUMNS.map(({ key }) => key),
    SORT_KEYS,
  );
});

test('a column shows a row in words', () => {
  const row = {
    client: 'c',
    user: '',
    address: '127.0.0.1:1',
    transport: 'websocket',
    node: 'n1',
    since: 1000,
    rtt_ms: null,
    channels: 2,
    bytes_in: 2048,
    bytes_out: 0,
    messages_in: 12_345,
    messages_out: 1,
  };
  assert.deepEqual(
    COLUMNS.map(({ text }) => text(row, 62_000)),
    ['c', '–', '127.0.0.1:1', 'WebSocket', 'n1', '1m 1s', '–', '2', '2 KB', '0 B', '12.3k', '1'],
  );
});

test('one who points at a client is shown its id', () => {
  const title = COLUMNS.find(({ key }) => key === 'client')?.title;
  assert.equal(title?.(/** @type {any} */ ({ client: 'js', id: '5a1b' })), 'js (id 5a1b)');
  assert.equal(title?.(/** @type {any} */ ({ client: '', id: '5a1b' })), '(id 5a1b)');
});

test('an order has words of its own for ages, numbers and texts', () => {
  const column = (key) => COLUMNS.find((candidate) => candidate.key === key);
  assert.equal(orderWords(column('since'), '-since'), 'Since, newest first');
  assert.equal(orderWords(column('rtt'), 'rtt'), 'Round trip, smallest first');
  assert.equal(orderWords(column('user'), 'user'), 'User, A to Z');
});

test('the way back through pages is remembered', () => {
  const pages = new Pages();
  assert.equal(pages.cursor, '');
  pages.next('second');
  pages.next('third');
  assert.deepEqual(pages.range(100, 14), { from: 201, to: 214 });
  pages.previous();
  assert.equal(pages.cursor, 'second');
  pages.previous();
  pages.previous();
  assert.equal(pages.hasPrevious, false);
  assert.deepEqual(pages.range(100, 0), { from: 0, to: 0 });
});

test('old data stays, and says that it is old', () => {
  const first = received('data', 1000);
  assert.equal(freshness(emptyFeed(), 0), 'loading');
  assert.equal(freshness(failed(emptyFeed(), new Error('no')), 0), 'failed');
  assert.equal(freshness(first, 7000), 'fresh');
  const later = failed(first, new Error('no'));
  assert.equal(later.data, 'data');
  assert.equal(freshness(later, 7001), 'stale');
});

test('links lead only where a page is', () => {
  const node = (/** @type {string} */ name, /** @type {string[]} */ ...verticles) => ({
    name,
    verticles,
    urls: [`http://${name}:8000`, `https://${name}:8443/`],
    self: name === 'self',
    state: 'live',
  });
  const hub = node('hub', 'chat-hub');
  const web = node('web', 'http2-server', 'chat-hub');
  const admin = node('admin', 'http2-server', 'admin-api');
  const silent = { ...node('silent', 'http2-server', 'admin-api'), state: 'suspect' };
  const echo = { ...node('echo', 'tcp-echo'), urls: [] };
  assert.deepEqual(pageUrls(hub), []);
  assert.deepEqual(pageUrls(web), web.urls);
  const nodes = /** @type {any} */ ([node('self', 'admin-api'), hub, web, silent, admin, echo]);
  assert.deepEqual(otherConsoles(nodes, 'https:'), [
    { name: 'admin', url: 'https://admin:8443/console/' },
  ]);
  assert.deepEqual(otherConsoles(nodes, 'http:')[0].url, 'http://admin:8000/console/');
});
