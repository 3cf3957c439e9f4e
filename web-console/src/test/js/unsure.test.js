import assert from 'node:assert/strict';
import test from 'node:test';
import {
  enter,
  heard,
  lines,
  refuseToTell,
  roomWith,
  settled,
  states,
  tick,
  unsureRoom,
} from './fake-room.js';

test('a message whose reply was lost is found among what was recovered', async () => {
  const { room, sub } = roomWith();
  await enter(sub);
  room.say('hello');
  const { data, reject } = sub.published[0];
  reject({ code: 11, message: 'connection closed' });
  await settled();
  assert.deepEqual(states(room), ['hello unsure']);
  sub.emit('subscribed', { wasRecovering: true, recovered: true });
  sub.emit('publication', heard(1, 'hello', data.id, 'me'));
  await settled();
  assert.deepEqual(states(room), []);
  assert.equal(sub.published.length, 1, 'it was not sent again');
  room.leave();
});

test('a message that was not recovered is sent again once, before later ones', async () => {
  const { room, sub } = roomWith();
  await enter(sub);
  room.say('first');
  room.say('second');
  const [{ data, reject }] = sub.published;
  sub.emit('subscribing', {});
  reject({ code: 11, message: 'connection closed' });
  await settled();
  assert.deepEqual(states(room), ['first unsure', 'second waiting']);
  await enter(sub, { wasRecovering: true, recovered: true });
  assert.deepEqual(states(room), ['first sending', 'second waiting']);
  assert.equal(sub.published[1].data.id, data.id);
  sub.published[1].reject({ code: 11, message: 'connection closed' });
  await settled();
  await enter(sub, { wasRecovering: true, recovered: true });
  assert.equal(states(room)[0], 'first failed');
  room.leave();
});

test('a message without an answer waits longer: the server may still be at it', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { room, sub } = roomWith();
  await enter(sub);
  room.say('hello');
  sub.published[0].reject({ code: 1, message: 'timeout' });
  await settled();
  await tick(t, 44_999);
  assert.deepEqual(states(room), ['hello unsure']);
  assert.equal(sub.published.length, 1);
  await tick(t, 1);
  assert.deepEqual(states(room), ['hello sending']);
  room.leave();
});

test('a message that the server is not certain of goes first on a new connection', async () => {
  const { room, sub } = await unsureRoom('first', 'second', 'third');
  assert.deepEqual(states(room), ['first unsure', 'second waiting', 'third waiting']);
  assert.match(room.outbox.entries[0].problem, /may have been delivered/);
  sub.emit('subscribing', {});
  await enter(sub, { wasRecovering: true, recovered: true });
  for (const at of [1, 2, 3]) {
    sub.published[at].resolve();
    await settled();
  }
  assert.deepEqual(
    sub.published.map(({ data }) => data.text),
    ['first', 'first', 'second', 'third'],
  );
  room.leave();
});

test('while the connection lasts it is sent again once nothing can come late', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { room, sub } = await unsureRoom('first', 'second');
  await tick(t, 25_000);
  assert.deepEqual(states(room), ['first unsure', 'second waiting']);
  await tick(t, 5000);
  assert.deepEqual(states(room), ['first sending', 'second waiting']);
  assert.equal(sub.published[1].data.id, sub.published[0].data.id);
  await refuseToTell(sub);
  await tick(t, 30_000);
  assert.deepEqual(states(room), ['first failed', 'second sending']);
  room.leave();
});

test('a message that was stored late is found in the history, and the next one goes', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { room, sub } = await unsureRoom('first', 'second');
  const { id } = sub.published[0].data;
  sub.historyAnswer = async () => ({ publications: [heard(1, 'first', id, 'me')] });
  await tick(t, 30_000);
  assert.deepEqual(states(room), ['second sending']);
  assert.deepEqual(lines(room), ['first']);
  assert.equal(sub.published.length, 2);
  room.leave();
});

test('the next message goes when the one before it arrives or is given up', async () => {
  const { room, sub } = await unsureRoom('first', 'second', 'third');
  sub.emit('publication', heard(1, 'first', sub.published[0].data.id, 'me'));
  assert.deepEqual(states(room), ['second sending', 'third waiting']);
  await refuseToTell(sub);
  room.discard(sub.published[1].data.id);
  assert.deepEqual(states(room), ['third sending']);
  room.leave();
});

test('while the server cannot tell the page looks again, less and less often', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { room, sub } = await unsureRoom('first');
  let looks = 0;
  sub.historyAnswer = async () => {
    looks++;
    throw { code: 100, message: 'internal server error' };
  };
  await tick(t, 30_000);
  assert.equal(looks, 1);
  for (const wait of [2000, 4000, 8000, 16_000, 30_000, 30_000]) {
    const before = looks;
    await tick(t, wait - 1);
    assert.equal(looks, before);
    await tick(t, 1);
    assert.equal(looks, before + 1);
  }
  assert.deepEqual(lines(room), [], 'nobody is told of each look');
  sub.historyAnswer = async () => ({ publications: [] });
  await tick(t, 30_000);
  assert.deepEqual(states(room), ['first sending']);
  room.leave();
});

test('what could not be looked for on entering is not taken for missing', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { room, sub } = await unsureRoom('first');
  sub.emit('subscribing', {});
  sub.historyAnswer = async () => {
    throw { code: 100, message: 'internal server error' };
  };
  await enter(sub, { wasRecovering: true, recovered: false });
  assert.deepEqual(states(room), ['first unsure']);
  sub.historyAnswer = async () => ({ publications: [] });
  await tick(t, 30_000);
  assert.deepEqual(states(room), ['first sending']);
  room.leave();
});

test('nothing is looked for in a room that was left', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { room, sub } = await unsureRoom('first', 'second');
  room.retry(sub.published[0].data.id);
  room.leave();
  await refuseToTell(sub);
  sub.historyAnswer = () => assert.fail('it was looked for');
  await tick(t, 120_000);
  assert.equal(sub.published.length, 2);
});

test('what is stored late although it was sent again is shown once', async () => {
  const { room, sub } = roomWith();
  await enter(sub);
  room.say('hello');
  const { data, reject } = sub.published[0];
  reject({ code: 100, message: 'internal server error' });
  await settled();
  await enter(sub, { wasRecovering: true, recovered: true });
  assert.equal(sub.published[1].data.id, data.id);
  sub.emit('publication', heard(1, 'hello', data.id, 'me'));
  sub.emit('publication', heard(2, 'hello', data.id, 'me'));
  assert.deepEqual(lines(room), ['hello']);
  assert.deepEqual(states(room), []);
  room.leave();
});
