// Runs the real client in Node for the acceptance tests, any number of clients in one process.
// Commands come on stdin and everything else goes out on stdout, one JSON object per line:
//   in   {"id":1,"client":"ada","do":"connect",...}
//   out  {"id":1,"result":{...}} or {"id":1,"error":{"code":…,"message":…}}
//        {"client":"ada","event":"publication","context":{...}}
// Payloads are JSON in both encodings.
// Usage: node sdk.mjs <folder of centrifuge's build>
import readline from "node:readline";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const load = (file) => import(pathToFileURL(join(process.argv[2], file)));
const { Centrifuge } = await load("index.mjs");
const { Centrifuge: ProtobufCentrifuge } = await load("protobuf/index.mjs");
const clients = new Map();

/** Payloads that came in Protobuf are bytes, wherever they are. */
function readable(key, value) {
  // Not the value, for Buffers have turned themselves into something else before they get here.
  return this[key] instanceof Uint8Array ? parsed(this[key]) : value;
}

const parsed = (bytes) => {
  const text = new TextDecoder().decode(bytes);
  try {
    return JSON.parse(text);
  } catch {
    return text || undefined;
  }
};

const say = (message) => process.stdout.write(JSON.stringify(message, readable) + "\n");

/** A WebSocket class that opens the next URL after each socket that closed, as the page does. */
const rotating = (urls) => {
  let next = 0;
  return class {
    constructor(_endpoint, protocols) {
      const socket = new WebSocket(urls[next % urls.length], protocols);
      socket.addEventListener("close", () => next++);
      return socket;
    }
  };
};

const relay = (client, emitter, events) => {
  for (const event of events) {
    emitter.on(event, (context) => say({ client, event, context: plain(context) }));
  }
};

/** Errors carry nothing that JSON keeps. */
const plain = (context) => ({ ...context, ...(context.error && { error: { ...context.error } }) });

const bytes = (text) => new TextEncoder().encode(text);

const payload = (client, data) =>
  client instanceof ProtobufCentrifuge ? bytes(JSON.stringify(data)) : data;

const once = (emitter, good, bad) =>
  new Promise((resolve, reject) => {
    emitter.once(good, resolve);
    emitter.once(bad, reject);
  });

/** Asks the test for each token, as an application asks its backend. */
const asked = (client, channel, tokens) => tokens && {
  getToken: async () => {
    say({ client, event: "token", context: { channel } });
    return tokens.shift();
  },
};

/** Asks the test from which position on to recover. */
const recalled = (client, channel, positions) => positions && {
  getState: async () => {
    say({ client, event: "state", context: { channel } });
    return positions.shift();
  },
};

const subscription = ({ client, channel }) => clients.get(client).getSubscription(channel);

const commands = {
  connect({ client, urls, token, tokens, encoding, options }) {
    const protobuf = encoding === "protobuf";
    const centrifuge = new (protobuf ? ProtobufCentrifuge : Centrifuge)(urls[0], {
      ...(token !== undefined && { token }),
      ...(protobuf && { protocol: "protobuf" }),
      websocket: rotating(urls),
      minReconnectDelay: 100,
      maxReconnectDelay: 500,
      timeout: 60_000,
      ...asked(client, undefined, tokens),
      ...options,
    });
    clients.set(client, centrifuge);
    relay(client, centrifuge, ["connecting", "connected", "disconnected", "error"]);
    // Of the channels that the server subscribes to, all of which name theirs.
    relay(client, centrifuge, ["subscribed", "unsubscribed", "publication", "join", "leave"]);
    const connected = once(centrifuge, "connected", "disconnected");
    centrifuge.connect();
    return connected;
  },
  subscribe({ client, channel, tokens, positions, options }) {
    const created = clients.get(client).newSubscription(channel, {
      ...asked(client, channel, tokens),
      ...recalled(client, channel, positions),
      ...options,
    });
    relay(client, created, [
      "publication", "join", "leave", "subscribing", "subscribed", "unsubscribed", "error",
    ]);
    const subscribed = once(created, "subscribed", "unsubscribed");
    const gone = new Promise((_, reject) => clients.get(client).once("disconnected", reject));
    created.subscribe();
    return Promise.race([subscribed, gone]);
  },
  unsubscribe: async (command) => subscription(command).unsubscribe(),
  resubscribe: async (command) => subscription(command).subscribe(),
  /** Without waiting for any reply; the client is subscribed at the end. */
  async waver({ client, channel, times }) {
    const wavering = clients.get(client).getSubscription(channel);
    for (let i = 0; i < times; i++) {
      wavering.unsubscribe();
      wavering.subscribe();
    }
    await wavering.ready();
  },
  publish({ client, channel, data }) {
    const publisher = clients.get(client);
    return publisher.publish(channel, payload(publisher, data));
  },
  publishBytes: ({ client, channel, text }) => clients.get(client).publish(channel, bytes(text)),
  history: ({ client, channel, options }) => clients.get(client).history(channel, options),
  presence: ({ client, channel }) => clients.get(client).presence(channel),
  presenceStats: ({ client, channel }) => clients.get(client).presenceStats(channel),
  rpc: ({ client, method, data }) =>
    clients.get(client).rpc(method, payload(clients.get(client), data)),
  send: ({ client, data }) => clients.get(client).send(payload(clients.get(client), data)),
  disconnect: async ({ client }) => clients.get(client).disconnect(),
  reconnect({ client }) {
    const connected = once(clients.get(client), "connected", "disconnected");
    clients.get(client).connect();
    return connected;
  },
};

for await (const line of readline.createInterface({ input: process.stdin })) {
  const command = JSON.parse(line);
  Promise.resolve()
    .then(() => commands[command.do](command))
    .then((result) => say({ id: command.id, result: result ?? {} }))
    .catch(({ code, message, reason }) =>
      say({ id: command.id, error: { code: code ?? 0, message: message ?? reason ?? "" } }));
}
process.exit(0);
