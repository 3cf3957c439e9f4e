import { EventEmitter } from 'node:events';
import { Room } from '../../main/web/chat/room.js';

export const info = (user) => ({ user, client: `client-of-${user}`, connInfo: { name: user } });
export const heard = (offset, text, id, user = 'grace') => ({
  offset,
  data: { text, id },
  info: info(user),
});

/** A subscription that answers only when the test says so. */
export class FakeSubscription extends EventEmitter {
  published = [];
  historyAnswer = async () => ({ publications: [] });
  subscribe() {}
  unsubscribe() {}

  publish(data) {
    return new Promise((resolve, reject) => this.published.push({ data, resolve, reject }));
  }

  history() {
    return this.historyAnswer();
  }

  async presence() {
    return { clients: {} };
  }
}

export function roomWith() {
  const sub = new FakeSubscription();
  const client = { newSubscription: () => sub, removeSubscription: () => {} };
  const counts = { heard: 0 };
  const room = new Room(client, 'lobby', {
    ownUser: () => 'me',
    changed: () => {},
    heard: () => counts.heard++,
  });
  return { room, sub, counts };
}

export const settled = () => new Promise((resolve) => setImmediate(resolve));
export const enter = async (sub, context = { wasRecovering: false, recovered: false }) => {
  sub.emit('subscribed', context);
  await settled();
};
export const states = (room) => room.outbox.entries.map(({ text, state }) => `${text} ${state}`);

/** Answers the last publish with error 100. */
export const refuseToTell = async (sub) => {
  sub.published.at(-1).reject({ code: 100, message: 'internal server error' });
  await settled();
};

/** A room in which the first of these messages is unsure and the others wait. */
export const unsureRoom = async (...texts) => {
  const { room, sub } = roomWith();
  await enter(sub);
  for (const text of texts) room.say(text);
  await refuseToTell(sub);
  return { room, sub };
};

export const tick = async (t, millis) => {
  t.mock.timers.tick(millis);
  await settled();
};

export const lines = (room) => room.transcript.entries.map(({ text }) => text);
