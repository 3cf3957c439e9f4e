import assert from 'node:assert/strict';
import test from 'node:test';
import { People } from '../../main/web/chat/people.js';

const info = (client, user, name = user) => ({ client, user, connInfo: { name } });
const names = (people) => people.list.map(({ name }) => name);

test('a person with two clients is one person, and leaves with the last', () => {
  const people = new People();
  assert.equal(people.join(info('c1', 'ada')), true);
  assert.equal(people.join(info('c2', 'ada')), false);
  assert.equal(people.leave(info('c1', 'ada')), false);
  assert.equal(people.leave(info('c2', 'ada')), true);
  assert.deepEqual(names(people), []);
});

test('a leave of somebody unknown is nothing', () => {
  assert.equal(new People().leave(info('c1', 'ada')), false);
});

test('the list is in the order of names, two of one name both in it', () => {
  const people = new People();
  people.join(info('c1', 'u2', 'Grace'));
  people.join(info('c2', 'u1', 'Ada'));
  people.join(info('c3', 'u3', 'Ada'));
  assert.deepEqual(
    people.list.map(({ user }) => user),
    ['u1', 'u3', 'u2'],
  );
});

test('who is missing from the table twice in a row has left', () => {
  const people = new People();
  people.take({ c1: info('c1', 'ada'), c2: info('c2', 'grace') });
  assert.deepEqual(people.take({ c1: info('c1', 'ada') }).gone, []);
  const { gone } = people.take({ c1: info('c1', 'ada') });
  assert.deepEqual(
    gone.map(({ user }) => user),
    ['grace'],
  );
});

test('who is in the table again in between has not left', () => {
  const people = new People();
  const both = { c1: info('c1', 'ada'), c2: info('c2', 'grace') };
  people.take(both);
  people.take({ c1: both.c1 });
  people.take(both);
  assert.deepEqual(people.take({ c1: both.c1 }).gone, []);
});

test('who is new in the table came unnoticed', () => {
  const people = new People();
  people.take({ c1: info('c1', 'ada') });
  const { came } = people.take({ c1: info('c1', 'ada'), c2: info('c2', 'grace', 'Grace') });
  assert.deepEqual(came, [{ user: 'grace', name: 'Grace' }]);
});
