// One session of the JavaScript SDK against a scripted server; see README.md.
// Usage: node record.js json|protobuf <client.proto> <folder>

const { WebSocketServer, WebSocket } = require('ws');
const protobuf = require('protobufjs');
const fs = require('fs');

const [, , encoding, schema, folder] = process.argv;
const binary = encoding === 'protobuf';
const { Centrifuge } = require(binary ? 'centrifuge/build/protobuf' : 'centrifuge');

const root = protobuf.loadSync(schema);
const Command = root.lookupType('carillon.client.Command');
const Reply = root.lookupType('carillon.client.Reply');
const utf8 = text => new TextEncoder().encode(text);
const pause = millis => new Promise(done => setTimeout(done, millis));
const frames = [];
const events = [];

// ---------- the server: replies are written once, as JSON, and turned into Protobuf

const camel = name => name.replace(/_(.)/g, (all, letter) => letter.toUpperCase());

/** `asText` marks a payload with delta compression: text in JSON, its bytes in Protobuf. */
function toMessage(value) {
  if (Array.isArray(value)) {
    return value.map(toMessage);
  }
  if (value === null || typeof value !== 'object') {
    return value;
  }
  const message = {};
  for (const [name, field] of Object.entries(value)) {
    if (['data', 'conn_info', 'chan_info'].includes(name)) {
      message[camel(name)] = utf8(value.asText ? field : JSON.stringify(field));
    } else if (name !== 'asText' && field !== '') {
      message[camel(name)] = toMessage(field);
    }
  }
  return message;
}

const toJson = reply =>
  JSON.stringify(reply, (name, value) => (name === 'asText' ? undefined : value));

let socket;

function send(reply) {
  if (binary) {
    const bytes = Reply.encodeDelimited(Reply.create(toMessage(reply))).finish();
    frames.push('< ' + Buffer.from(bytes).toString('hex'));
    socket.send(bytes, { binary: true });
  } else {
    frames.push('< ' + toJson(reply));
    socket.send(toJson(reply));
  }
}

function received(message) {
  const commands = [];
  if (binary) {
    frames.push('> ' + message.toString('hex'));
    const reader = protobuf.Reader.create(message);
    while (reader.pos < reader.len) {
      commands.push(Command.toObject(Command.decodeDelimited(reader)));
    }
  } else {
    const lines = message.toString().split('\n');
    frames.push(lines.map(line => '> ' + line).join('\n'));
    lines.filter(line => line).forEach(line => commands.push(JSON.parse(line)));
  }
  commands.forEach(answer);
}

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~';
const digits = n => (n > 63 ? digits(Math.floor(n / 64)) : '') + DIGITS[n % 64];

/** A patch that copies nothing. */
function patch(target) {
  let sum = 0;
  utf8(target).forEach((b, i) => (sum = (sum + b * 2 ** (8 * (3 - (i & 3)))) % 2 ** 32));
  const length = digits(utf8(target).length);
  return `${length}\n${length}:${target}${digits(sum)};`;
}

const ANN = { user: 'ann', client: 'c1', conn_info: { name: 'Ann' }, chan_info: [1] };
const BARE = { user: 'ann', client: 'c1' };
const AT_E = { recoverable: true, positioned: true, epoch: 'e' };
const RECOVERED = { was_recovering: true, recovered: true };

let connects = 0;

function connected() {
  connects++;
  const me = { client: 'f3' + connects, version: 'Carillon 0.1.0' };
  const first = { '#ann': { ...AT_E, offset: 7, data: { a: 1 } } };
  const again = {
    '#ann': { ...AT_E, offset: 8, ...RECOVERED, publications: [{ data: { n: 9 }, offset: 9 }] },
  };
  return connects === 1
    ? { ...me, expires: true, ttl: 1, data: { hello: true }, subs: first, ping: 25, pong: true }
    : { ...me, subs: again, ping: 25, pong: true };
}

function subscribed(channel) {
  switch (channel) {
    case 'delta': {
      const publications = [
        { data: '{"n":3}', asText: true, offset: 3 },
        { data: patch('{"n":4}'), asText: true, delta: true, offset: 4 },
      ];
      return connects === 1
        ? { ...AT_E, delta: true }
        : { ...AT_E, offset: 2, ...RECOVERED, publications, delta: true };
    }
    case '$private':
      return { expires: true, ttl: 2, data: { welcome: 'ann' } };
    case 'since':
      return { ...AT_E, epoch: 'f', offset: 9, was_recovering: true };
    case 'state':
      return { ...AT_E, offset: 5, ...RECOVERED };
    default:
      return {};
  }
}

const error = (id, code, message) => ({ id, error: { code, message } });

function history(limit) {
  const publications = [
    { data: { n: 8 }, info: ANN, offset: 8, tags: { a: 'b' } },
    { data: 'x', offset: 9 },
  ];
  return { publications: limit ? publications : [], epoch: 'e', offset: 9 };
}

function answer(command) {
  const id = command.id;
  if (command.connect) {
    send({ id, connect: connected() });
  } else if (command.subscribe) {
    const channel = command.subscribe.channel;
    send(
      channel === 'nowhere:x'
        ? error(id, 102, 'unknown channel')
        : { id, subscribe: subscribed(channel) });
  } else if (command.publish) {
    const allowed = command.publish.channel === 'news';
    send(allowed ? { id, publish: {} } : error(id, 103, 'permission denied'));
  } else if (command.history) {
    send({ id, history: history(command.history.limit) });
  } else if (command.presence) {
    const c1 = { user: 'ann', client: 'c1', conn_info: { name: 'Ann' } };
    send({ id, presence: { presence: { c1, c2: { user: '', client: 'c2' } } } });
  } else if (command.presence_stats || command.presenceStats) {
    send({ id, presence_stats: { num_clients: 2, num_users: 1 } });
  } else if (command.rpc) {
    const known = command.rpc.method === 'sum';
    send(known ? { id, rpc: { data: 3 } } : error(id, 108, 'not available'));
  } else if (command.unsubscribe) {
    send({ id, unsubscribe: {} });
  } else if (command.refresh) {
    send({ id, refresh: { expires: true, ttl: 600 } });
  } else if (command.sub_refresh || command.subRefresh) {
    send({ id, sub_refresh: { expires: true, ttl: 600 } });
  }
}

/** Everything else that a server sends, and a ping. */
async function push() {
  const tagged = { data: { text: 'hi' }, info: ANN, offset: 1, epoch: 'e', tags: { a: 'b' } };
  const two = { data: patch('{"n":2}'), asText: true, delta: true, offset: 2 };
  const state = { code: 2500, reason: 'insufficient state' };
  const subscribe = { recoverable: true, epoch: 'g', offset: 3, positioned: true, data: [1] };
  send({});
  await pause(50);
  [
    { channel: 'news', pub: tagged },
    { channel: 'news', join: { info: ANN } },
    { channel: 'news', leave: { info: BARE } },
    { channel: 'delta', pub: { data: '{"n":1}', asText: true, offset: 1, epoch: 'e' } },
    { channel: 'delta', pub: two },
    { channel: '#ann', pub: { data: { n: 8 }, offset: 8 } },
    { message: { data: { to: 'you' } } },
    { channel: 'alerts', subscribe },
    { channel: 'alerts', pub: { data: true, offset: 4 } },
    { channel: 'alerts', unsubscribe: { code: 2000, reason: 'server unsubscribe' } },
    { channel: 'filtered', unsubscribe: state },
    { refresh: { expires: true, ttl: 900 } },
  ].forEach(each => send({ push: each }));
}

// ---------- the client

const data = value => (binary ? utf8(JSON.stringify(value)) : value);

/** What an event carries, without what only one of the two builds puts there when it is empty. */
function shown(value) {
  if (value instanceof Uint8Array) {
    return value.length ? JSON.parse(new TextDecoder().decode(value)) : undefined;
  }
  if (Array.isArray(value)) {
    return value.map(shown);
  }
  if (value === null || typeof value !== 'object') {
    return value;
  }
  const fields = Object.keys(value).sort();
  return Object.fromEntries(
    fields
      .map(name => [name, shown(value[name])])
      .filter(([name, field]) => ![undefined, ''].includes(field) && typeof field !== 'function')
      .filter(([name, field]) => name !== 'tags' || Object.keys(field).length > 0));
}

const log = what => context => events.push(`${what} ${JSON.stringify(shown(context))}`);

const CLIENT_EVENTS = [
  'connected', 'connecting', 'disconnected', 'message', 'error',
  'subscribed', 'subscribing', 'unsubscribed', 'publication', 'join', 'leave'];
const SUBSCRIPTION_EVENTS = [
  'subscribed', 'unsubscribed', 'publication', 'join', 'leave', 'error'];

async function talk(url) {
  const client = new Centrifuge(url, {
    websocket: WebSocket,
    token: 'connection-token',
    getToken: async () => 'fresh-connection-token',
    data: data({ from: 'recorder' }),
    name: 'recorder',
    version: '1.2.3',
    headers: { 'X-Trace': '7' },
    minReconnectDelay: 1,
    maxReconnectDelay: 2,
  });
  CLIENT_EVENTS.forEach(event => client.on(event, log('client ' + event)));
  const subscribe = (channel, options) => {
    const subscription = client.newSubscription(channel, options);
    SUBSCRIPTION_EVENTS.forEach(event => subscription.on(event, log(`${channel} ${event}`)));
    subscription.subscribe();
    return subscription;
  };
  const language = { key: 'lang', cmp: 'in', vals: ['en', 'de'] };
  const price = { key: 'price', cmp: 'gt', val: '1.5' };
  const since = { offset: Number.MAX_SAFE_INTEGER, epoch: 'aBcDeFgH' };
  const news = subscribe('news', { joinLeave: true });
  subscribe('delta', { delta: 'fossil', recoverable: true });
  subscribe('filtered', {
    tagsFilter: { op: 'and', nodes: [{ op: 'not', nodes: [language] }, price] },
  });
  subscribe('$private', {
    getToken: async () => 'subscription-token', data: data({ seat: 7 }), positioned: true,
  });
  subscribe('since', { since, recoverable: true });
  subscribe('state', { recoverable: true, getState: async () => ({ offset: 5, epoch: 'e' }) });
  subscribe('nowhere:x', {});
  client.connect();
  await client.ready();
  await news.ready();
  await pause(200);
  const calls = {
    'publish': () => news.publish(data({ text: 'h\u00e9 \ud83d\ude00', n: 1.5, deep: [[{}]] })),
    'publish elsewhere': () => client.publish('read-only', data('no')),
    'position': () => news.history({ limit: 0 }),
    'history': () => news.history({ limit: -1, since: { offset: 9, epoch: 'e' }, reverse: true }),
    'presence': () => news.presence(),
    'presence stats': () => news.presenceStats(),
    'rpc': () => client.rpc('sum', data([1, 2])),
    'rpc of nobody': () => client.rpc('nothing', data(null)),
    'send': () => client.send(data({ a: 1 })),
  };
  for (const [name, call] of Object.entries(calls)) {
    await call().then(
      result => log(name)(result ?? {}),
      failure => log(name + ' failed')({ code: failure.code, message: failure.message }));
  }
  await push();
  // Both tokens are refreshed meanwhile.
  await pause(3000);
  news.unsubscribe();
  await pause(200);
  frames.push('< close 3001 shutdown');
  socket.close(3001, 'shutdown');
  await pause(700);
  client.disconnect();
  await pause(200);
}

const server = new WebSocketServer({
  port: 0,
  host: '127.0.0.1',
  handleProtocols: offered => offered.has('centrifuge-protobuf') && 'centrifuge-protobuf',
});
server.on('connection', opened => {
  socket = opened;
  opened.on('message', received);
});
server.on('listening', async () => {
  await talk(`ws://127.0.0.1:${server.address().port}/connection/websocket`);
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(`${folder}/${encoding}.txt`, frames.join('\n\n') + '\n');
  fs.writeFileSync(`${folder}/${encoding}-events.txt`, events.join('\n') + '\n');
  process.exit(0);
});
