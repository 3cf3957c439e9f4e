import assert from 'node:assert/strict';
import test from 'node:test';
import { enter, heard, info, lines, roomWith, settled, states } from './fake-room.js';

test('what is written before the room is entered waits, and is sent on entering', async () => {
  const { room, sub } = roomWith();
  room.say('early');
  assert.deepEqual(states(room), ['early waiting']);
  await enter(sub);
  assert.equal(sub.published[0].data.text, 'early');
  room.leave();
});

test('a message is confirmed by its publication, not by the reply', async () => {
  const { room, sub } = roomWith();
  await enter(sub);
  room.say('hello');
  sub.published[0].resolve();
  await settled();
  assert.deepEqual(states(room), ['hello sent']);
  sub.emit('publication', heard(1, 'hello', sub.published[0].data.id, 'me'));
  assert.deepEqual(states(room), []);
  assert.deepEqual(lines(room), ['hello']);
  room.leave();
});

test('another user cannot confirm my message with my id', async () => {
  const { room, sub } = roomWith();
  await enter(sub);
  room.say('hello');
  sub.emit('publication', heard(1, 'forged', sub.published[0].data.id, 'mallory'));
  assert.deepEqual(states(room), ['hello sending']);
  room.leave();
});

test('a refusal is final and in words', async () => {
  const { room, sub } = roomWith();
  await enter(sub);
  room.say('hello');
  sub.published[0].reject({ code: 103, message: 'permission denied' });
  await settled();
  assert.deepEqual(states(room), ['hello failed']);
  assert.match(room.outbox.entries[0].problem, /not allowed/);
  room.leave();
});

test('a recovery that was not possible loads the history again and says so', async () => {
  const { room, sub } = roomWith();
  await enter(sub, { wasRecovering: false, recovered: false, streamPosition: { epoch: 'a' } });
  sub.emit('publication', heard(2, 'of the old stream', 'x'));
  sub.historyAnswer = async () => ({
    publications: [heard(2, 'second', 'b'), heard(1, 'first', 'a')],
  });
  await enter(sub, { wasRecovering: true, recovered: false, streamPosition: { epoch: 'b' } });
  const [kept, note, ...loaded] = lines(room);
  assert.equal(kept, 'of the old stream');
  assert.match(note, /could not be replayed/);
  assert.equal(room.transcript.entries[1].grave, true);
  assert.deepEqual(loaded, ['first', 'second']);
  room.leave();
});

test('a history that could not be read is read on the next entering', async () => {
  const { room, sub } = roomWith();
  sub.historyAnswer = async () => {
    throw { code: 11, message: 'connection closed' };
  };
  await enter(sub);
  assert.equal(room.historyLoaded, false);
  sub.historyAnswer = async () => ({ publications: [heard(1, 'first', 'a')] });
  await enter(sub, { wasRecovering: true, recovered: true });
  assert.deepEqual(lines(room), ['first']);
  room.leave();
});

test("joins and leaves of others are noted, one's own are not", async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { room, sub } = roomWith();
  sub.emit('join', { info: info('me') });
  sub.emit('join', { info: info('grace') });
  sub.emit('leave', { info: info('grace') });
  assert.deepEqual(lines(room), ['grace joined']);
  t.mock.timers.tick(3000);
  assert.deepEqual(lines(room), ['grace joined', 'grace left']);
  room.leave();
});

test('somebody who moves to another node does not leave and join', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { room, sub } = roomWith();
  sub.emit('join', { info: info('grace') });
  sub.emit('leave', { info: info('grace') });
  t.mock.timers.tick(1000);
  sub.emit('join', { info: { ...info('grace'), client: 'another' } });
  t.mock.timers.tick(5000);
  assert.deepEqual(lines(room), ['grace joined']);
  room.leave();
});

test('what others say counts as heard, what I say does not', async () => {
  const { room, sub, counts } = roomWith();
  await enter(sub);
  sub.emit('publication', heard(1, 'a', 'a'));
  sub.emit('publication', heard(2, 'b', 'b', 'me'));
  sub.emit('publication', heard(1, 'a', 'a'));
  assert.equal(counts.heard, 1);
  room.leave();
});

test('a history that the server cannot read now does not shut the room', async () => {
  const { room, sub } = roomWith();
  sub.historyAnswer = async () => {
    throw { code: 100, message: 'internal server error' };
  };
  await enter(sub);
  assert.match(lines(room)[0], /cannot be shown.*could not do this just now/);
  assert.equal(room.historyLoaded, true);
  room.leave();
});

test('a refused room says why', () => {
  const { room, sub } = roomWith();
  sub.emit('unsubscribed', { code: 103, reason: 'permission denied' });
  assert.equal(room.state, 'refused');
  assert.equal(room.problem, 'You are not allowed in this room.');
  room.leave();
});
