import assert from 'node:assert/strict';
import test from 'node:test';
import { Channel } from '../../main/web/console/channel.js';

const N1 = 'http://localhost:8000';
const N2 = 'http://localhost:8001';

const node = (name, url, verticles, self = false) => ({ name, urls: [url], verticles, self });
const withHub = ['chat-hub', 'http2-server'];

class Socket {
  constructor(url) {
    this.url = url;
  }
}

/** A client library that does what the test says. */
class Client {
  handlers = new Map();
  calls = [];
  constructor(url, options) {
    this.url = url;
    this.options = options;
  }
  on(event, handler) {
    this.handlers.set(event, handler);
  }
  emit(event, context) {
    this.handlers.get(event)?.(context);
  }
  connect() {
    this.calls.push('connect');
  }
  disconnect() {
    this.calls.push('disconnect');
  }
  removeAllListeners() {
    this.handlers.clear();
  }
}

function channelWith(...places) {
  const clients = [];
  const told = [];
  const changes = [];
  const state = { places, token: 't1' };
  const channel = new Channel(
    {
      token: () => state.token,
      places: () => state.places,
      changed: () => changes.push(channel.isOpen),
      told: (data) => told.push(data),
    },
    {
      create: (url, options) => {
        clients.push(new Client(url, options));
        return clients.at(-1);
      },
      pageOrigin: N1,
      Socket,
      random: () => 0,
    },
  );
  return { channel, clients, told, changes, state };
}

test('it connects to the node of the page, with the token of the moment', async () => {
  const { channel, clients, state } = channelWith(
    node('n2', N2, withHub),
    node('n1', N1, withHub, true),
  );
  channel.open();
  assert.equal(clients[0].url, 'ws://localhost:8000/connection/websocket');
  assert.deepEqual(clients[0].calls, ['connect']);
  state.token = 't2';
  assert.equal(await clients[0].options.getToken(), 't2');
});

test('without a chat hub here it connects to a node that has one, which may change', () => {
  const { channel, clients, state } = channelWith(
    node('n1', N1, ['http2-server', 'admin-api'], true),
    node('n2', N2, withHub),
  );
  channel.open();
  const { websocket: NodeSocket } = clients[0].options;
  assert.equal(new NodeSocket(clients[0].url).url, 'ws://localhost:8001/connection/websocket');
  state.places = [node('n3', 'http://localhost:8002', withHub)];
  assert.equal(new NodeSocket(clients[0].url).url, 'ws://localhost:8002/connection/websocket');
  state.places = [];
  assert.equal(new NodeSocket(clients[0].url).url, clients[0].url);
});

test('without any chat hub it stays closed', () => {
  const { channel, clients } = channelWith(node('n1', N1, ['http2-server'], true));
  channel.open();
  assert.equal(clients.length, 0);
});

test('it is open while it is connected, and says what it is told', () => {
  const { channel, clients, told, changes } = channelWith(node('n1', N1, withHub, true));
  channel.open();
  channel.open();
  assert.equal(clients.length, 1);
  clients[0].emit('connected');
  clients[0].emit('publication', { channel: '$console:s', data: { view: 1 } });
  clients[0].emit('connecting');
  clients[0].emit('disconnected');
  assert.deepEqual(told, [{ view: 1 }]);
  assert.deepEqual(changes, [true, false]);
});

test('who closes it hears nothing more, and can open it again', () => {
  const { channel, clients, told } = channelWith(node('n1', N1, withHub, true));
  channel.open();
  clients[0].emit('connected');
  channel.close();
  assert.equal(channel.isOpen, false);
  assert.deepEqual(clients[0].calls, ['connect', 'disconnect']);
  clients[0].emit('publication', { data: { view: 1 } });
  assert.deepEqual(told, []);
  channel.open();
  assert.equal(clients.length, 2);
});
