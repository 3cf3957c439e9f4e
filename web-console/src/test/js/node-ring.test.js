import assert from 'node:assert/strict';
import test from 'node:test';
import { NodeRing } from '../../main/web/chat/node-ring.js';
import { nodeSocket } from '../../main/web/chat/node-socket.js';

const N1 = 'http://localhost:8000';
const N2 = 'http://localhost:8001';
const N3 = 'http://localhost:8002';

const node = (name, ...urls) => ({ name, urls, chat: true });
const all = { self: 'n1', nodes: [node('n1', N1), node('n2', N2), node('n3', N3)] };

/** The others keep the order of the list. */
function ringOf(reply = all, page = N1) {
  let next = 0;
  const ring = new NodeRing(page, () => next++);
  ring.update(reply, page);
  return ring;
}

test('a page begins with the node that served it', () => {
  const ring = ringOf({ self: 'n2', nodes: all.nodes }, N2);
  assert.deepEqual(ring.current, { name: 'n2', origin: N2 });
  assert.equal(ring.socketUrl, 'ws://localhost:8001/connection/websocket');
});

test('a failed attempt moves on to the next node, round and round', () => {
  const ring = ringOf();
  const visited = [];
  for (let i = 0; i < 4; i++) {
    visited.push(ring.current.name);
    ring.failed(ring.current.origin);
  }
  assert.deepEqual(visited, ['n1', 'n2', 'n3', 'n1']);
});

test('a late report about a node that was left already moves nothing', () => {
  const ring = ringOf();
  ring.failed(N1);
  ring.failed(N1);
  assert.equal(ring.current.name, 'n2');
});

test('a node that falls silent or shuts down is left, one that gives a reason is kept', () => {
  for (const [code, name] of [
    [1006, 'n2'],
    [1001, 'n2'],
    [3001, 'n2'],
    [3005, 'n1'],
    [3012, 'n1'],
  ]) {
    const ring = ringOf();
    ring.lost(N1, code);
    assert.equal(ring.current.name, name, `code ${code}`);
  }
});

test('the node in use stays in use when the list changes around it', () => {
  const ring = ringOf();
  ring.failed(N1);
  ring.update({ self: 'n2', nodes: [node('n4', 'http://localhost:8003'), node('n2', N2)] }, N2);
  assert.equal(ring.current.name, 'n2');
});

test('nodes that left are tried after those that live', () => {
  const ring = ringOf({ self: 'n1', nodes: all.nodes.slice(0, 2) });
  ring.failed(N1);
  ring.update({ self: 'n2', nodes: [node('n2', N2)] }, N2);
  assert.deepEqual(ring.origins, [N2, N1]);
  ring.failed(N2);
  assert.equal(ring.current.origin, N1);
  assert.equal(ring.nameOf(N1), 'n1');
});

test('a list without a usable node changes nothing', () => {
  const ring = ringOf();
  ring.update({ self: 'n1', nodes: [{ name: 'n9', urls: [N3], chat: false }] }, N1);
  assert.equal(ring.origins.length, 3);
});

test('a node without a chat hub is no place to connect to', () => {
  const nodes = [{ name: 'n1', urls: [N1], chat: false }, node('n2', N2)];
  const ring = new NodeRing(N1, () => 0);
  ring.update({ self: 'n1', nodes }, N1);
  assert.equal(ring.current.name, 'n2');
});

test('a page that was opened under another name of its node keeps that name', () => {
  const page = 'http://127.0.0.1:8000';
  const ring = ringOf(all, page);
  assert.deepEqual(ring.current, { name: 'n1', origin: page });
  assert.ok(!ring.origins.includes(N1));
});

test('a secure page opens secure addresses only', () => {
  const page = 'https://chat.example.com';
  const nodes = [node('n1', 'http://a:8000', page), node('n2', 'http://b:8000')];
  const ring = ringOf({ self: 'n1', nodes }, page);
  assert.deepEqual(ring.origins, [page]);
  assert.equal(ring.socketUrl, 'wss://chat.example.com/connection/websocket');
});

test('a plain page prefers the plain address of a node', () => {
  const ring = ringOf({ self: 'n1', nodes: [node('n1', 'https://localhost:8443', N1)] }, N1);
  assert.deepEqual(ring.origins, [N1]);
});

test('several nodes behind one address are one place without a name', () => {
  const shared = 'https://chat.example.com';
  const ring = new NodeRing('https://other.example.com', () => 0);
  ring.update({ self: 'n9', nodes: [node('n1', shared), node('n2', shared)] });
  assert.equal(ring.current.name, '');
  assert.equal(ring.nameOf(shared), 'chat.example.com');
});

test('pages of one dead node are spread over the others', () => {
  const first = new Set();
  for (let i = 0; i < 200; i++) {
    const ring = new NodeRing(N1);
    ring.update(all, N1);
    ring.failed(N1);
    first.add(ring.current.name);
  }
  assert.deepEqual([...first].sort(), ['n2', 'n3']);
});

test('a URL that is none is left out', () => {
  const ring = ringOf({ self: 'n1', nodes: [node('n1', N1), node('n2', 'ftp://x', 'nonsense')] });
  assert.deepEqual(ring.origins, [N1]);
});

const OPEN = 'http://192.0.2.2:8000';
const open = (name, port) =>
  node(name, ...['172.17.0.1', '192.0.2.2', 'localhost'].map((host) => `http://${host}:${port}`));

test('where a machine has more addresses the page goes on at its own, then at the others', () => {
  const nodes = [open('n1', 8000), open('n2', 8001), open('n3', 8002)];
  const ring = ringOf({ self: 'n1', nodes }, OPEN);
  const places = Array.from({ length: 5 }, () => {
    const { name, origin } = ring.current;
    ring.failed(origin);
    return `${name} ${origin}`;
  });
  assert.deepEqual(places, [
    'n1 http://192.0.2.2:8000',
    'n2 http://192.0.2.2:8001',
    'n3 http://192.0.2.2:8002',
    'n2 http://172.17.0.1:8001',
    'n3 http://172.17.0.1:8002',
  ]);
  assert.equal(ring.current.origin, OPEN);
});

test('a second address that serves is kept when the list comes anew', () => {
  const reply = { self: 'n1', nodes: [open('n1', 8000), open('n2', 8001)] };
  const ring = ringOf(reply, OPEN);
  ring.failed(OPEN);
  ring.failed('http://192.0.2.2:8001');
  ring.update({ ...reply, self: 'n2' }, 'http://172.17.0.1:8001');
  assert.deepEqual(ring.current, { name: 'n2', origin: 'http://172.17.0.1:8001' });
});

test('a page at localhost goes on with a node of another machine', () => {
  const nodes = [node('n1', N1), node('n2', 'http://192.0.2.3:8000', N1)];
  const ring = ringOf({ self: 'n1', nodes });
  assert.equal(ring.current.origin, N1);
  ring.failed(N1);
  assert.deepEqual(ring.current, { name: 'n2', origin: 'http://192.0.2.3:8000' });
});

test('a page at an address that no node calls its own is a stranger', () => {
  const strange = 'http://chat.example.com:8000';
  assert.ok(ringOf(all, strange).isStranger);
  assert.ok(!ringOf().isStranger);
  assert.ok(!ringOf(all, 'http://127.0.0.1:8002').isStranger);
  // A node that starts has not told its addresses yet.
  assert.ok(!ringOf({ self: 'n1', nodes: [node('n1'), node('n2', N2)] }, strange).isStranger);
});

class FakeSocket extends EventTarget {
  constructor(url) {
    super();
    this.url = url;
  }

  end(code) {
    this.dispatchEvent(Object.assign(new Event('close'), { code }));
  }
}

test('each new socket opens where the ring stands', () => {
  const ring = ringOf();
  const seen = [];
  const on = {
    opened: (origin) => seen.push(['opened', origin]),
    closed: (origin, wasOpen) => seen.push(['closed', origin, wasOpen]),
  };
  const Socket = nodeSocket(ring, on, FakeSocket);
  const first = new Socket('ws://ignored/');
  assert.equal(first.url, 'ws://localhost:8000/connection/websocket');
  first.dispatchEvent(new Event('open'));
  first.end(1006);
  const second = new Socket('ws://ignored/');
  assert.equal(second.url, 'ws://localhost:8001/connection/websocket');
  second.end(1006);
  assert.equal(new Socket('ws://ignored/').url, 'ws://localhost:8002/connection/websocket');
  assert.deepEqual(seen, [
    ['opened', N1],
    ['closed', N1, true],
    ['closed', N2, false],
  ]);
});

test('a node with a chat hub alone is not asked for tokens, one without a hub is', () => {
  const nodes = [
    { ...node('n1', N1), chat: false, pages: true },
    { ...node('n2', N2), chat: true, pages: false },
    { ...node('n3', N3), chat: true, pages: true },
  ];
  const ring = ringOf({ self: 'n1', nodes });
  assert.deepEqual([...ring.origins].sort(), [N1, N3]);
  assert.notEqual(ring.current.origin, N1);
});
