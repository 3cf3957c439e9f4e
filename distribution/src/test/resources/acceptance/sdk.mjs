// Runs the real client in Node for the acceptance tests, any number of clients in one process.
// Commands come on stdin and everything else goes out on stdout, one JSON object per line:
//   in   {"id":1,"client":"ada","do":"connect",...}
//   out  {"id":1,"result":{...}} or {"id":1,"error":{"code":…,"message":…}}
//        {"client":"ada","event":"publication","context":{...}}
// Usage: node sdk.mjs <path of centrifuge's index.mjs>
import readline from "node:readline";
import { pathToFileURL } from "node:url";

const { Centrifuge } = await import(pathToFileURL(process.argv[2]));
const clients = new Map();

const say = (message) => process.stdout.write(JSON.stringify(message) + "\n");

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
const plain = (context) =>
  context.error ? { ...context, error: { ...context.error } } : context;

const once = (emitter, good, bad) =>
  new Promise((resolve, reject) => {
    emitter.once(good, resolve);
    emitter.once(bad, reject);
  });

const subscription = ({ client, channel }) => clients.get(client).getSubscription(channel);

const commands = {
  connect({ client, urls, token, options }) {
    const centrifuge = new Centrifuge(urls[0], {
      token,
      websocket: rotating(urls),
      minReconnectDelay: 100,
      maxReconnectDelay: 500,
      ...options,
    });
    clients.set(client, centrifuge);
    relay(client, centrifuge, ["connecting", "connected", "disconnected", "error"]);
    const connected = once(centrifuge, "connected", "disconnected");
    centrifuge.connect();
    return connected;
  },
  subscribe({ client, channel, options }) {
    const created = clients.get(client).newSubscription(channel, options);
    relay(client, created, [
      "publication", "join", "leave", "subscribing", "subscribed", "unsubscribed", "error",
    ]);
    const subscribed = once(created, "subscribed", "unsubscribed");
    created.subscribe();
    return subscribed;
  },
  unsubscribe: async (command) => subscription(command).unsubscribe(),
  resubscribe: async (command) => subscription(command).subscribe(),
  publish: ({ client, channel, data }) => clients.get(client).publish(channel, data),
  history: ({ client, channel, options }) => clients.get(client).history(channel, options),
  presence: ({ client, channel }) => clients.get(client).presence(channel),
  presenceStats: ({ client, channel }) => clients.get(client).presenceStats(channel),
  rpc: ({ client, method, data }) => clients.get(client).rpc(method, data),
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
