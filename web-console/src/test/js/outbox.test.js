import assert from 'node:assert/strict';
import test from 'node:test';
import { OUTBOX_MAX, Outbox } from '../../main/web/chat/outbox.js';

const states = (outbox) => outbox.entries.map(({ id, state }) => `${id} ${state}`);

function outboxWith(...ids) {
  const outbox = new Outbox();
  for (const id of ids) outbox.add(id, `text of ${id}`, 0);
  return outbox;
}

test('one message is under way at a time, in the order of writing', () => {
  const outbox = outboxWith('a', 'b');
  assert.equal(outbox.take().id, 'a');
  assert.equal(outbox.take(), null);
  outbox.acknowledged('a');
  assert.equal(outbox.take().id, 'b');
  assert.deepEqual(states(outbox), ['a sent', 'b sending']);
});

test('a message leaves when its publication arrives, whatever became of the reply', () => {
  const outbox = outboxWith('a');
  outbox.take();
  outbox.unanswered('a');
  assert.equal(outbox.arrived('a'), true);
  assert.equal(outbox.arrived('a'), false);
  assert.deepEqual(states(outbox), []);
});

test('a late answer for a message that has arrived changes nothing', () => {
  const outbox = outboxWith('a');
  outbox.take();
  outbox.arrived('a');
  outbox.acknowledged('a');
  outbox.unanswered('a');
  assert.deepEqual(states(outbox), []);
});

test('without an answer it is unsure, and what was written later waits', () => {
  const outbox = outboxWith('a', 'b');
  outbox.take();
  outbox.unanswered('a');
  assert.equal(outbox.take(), null);
  assert.deepEqual(states(outbox), ['a unsure', 'b waiting']);
  outbox.arrived('a');
  assert.equal(outbox.take().id, 'b');
});

test('what the stream does not hold is sent again once, in its old place', () => {
  const outbox = outboxWith('a', 'b');
  outbox.take();
  outbox.unanswered('a');
  outbox.settle();
  assert.deepEqual(states(outbox), ['a waiting', 'b waiting']);
  assert.equal(outbox.take().id, 'a');
  outbox.unanswered('a');
  outbox.settle();
  assert.deepEqual(states(outbox), ['a failed', 'b waiting']);
});

test('sending again keeps the id', () => {
  const outbox = outboxWith('a');
  outbox.take();
  outbox.refused('a', 'no');
  outbox.retry('a');
  assert.deepEqual(outbox.take().id, 'a');
});

test('what is under way or waits cannot be sent a second time', () => {
  const outbox = outboxWith('a', 'b');
  outbox.take();
  outbox.retry('a');
  outbox.retry('b');
  assert.deepEqual(states(outbox), ['a sending', 'b waiting']);
});

test('it fills up', () => {
  const outbox = outboxWith(...Array.from({ length: OUTBOX_MAX }, (_, i) => `${i}`));
  assert.equal(outbox.isFull, true);
  outbox.discard('7');
  assert.equal(outbox.isFull, false);
});
