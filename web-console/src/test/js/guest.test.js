import assert from 'node:assert/strict';
import test from 'node:test';
import { Guest, TokenRefused } from '../../main/web/chat/guest.js';

/** @param {Record<string, Array<(body: any) => Response | Error>>} answers by origin */
function guestWith(answers, waits = []) {
  const asked = [];
  const fetch = async (url, { body }) => {
    const { origin } = new URL(url);
    asked.push([origin, JSON.parse(body)]);
    const answer = answers[origin].shift()(JSON.parse(body));
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const origins = Object.keys(answers);
  const wait = async (millis) => void waits.push(millis);
  return { guest: new Guest('Ada', { origins: () => origins, fetch, wait }), asked };
}

const given =
  (token, user = 'guest:1') =>
  () =>
    Response.json({ token, user, ttl: 600 });
const status =
  (code, error, headers = {}) =>
  () =>
    Response.json({ error }, { status: code, headers });
const down = () => new TypeError('Failed to fetch');

test('a node that is down is passed over', async () => {
  const { guest, asked } = guestWith({ 'http://n1': [down], 'http://n2': [given('t1')] });
  assert.equal(await guest.newToken(), 't1');
  assert.equal(guest.user, 'guest:1');
  assert.equal(guest.ttlSeconds, 600);
  assert.deepEqual(
    asked.map(([origin]) => origin),
    ['http://n1', 'http://n2'],
  );
});

test('a renewal sends the old token, so that the guest stays the same', async () => {
  const { guest, asked } = guestWith({ 'http://n1': [given('t1'), given('t2')] });
  await guest.newToken();
  await guest.newToken();
  assert.deepEqual(asked[1][1], { name: 'Ada', token: 't1' });
  assert.equal(guest.token, 't2');
});

test('an old token that is refused makes a new guest', async () => {
  const { guest, asked } = guestWith({
    'http://n1': [given('t1'), status(401, 'expired'), given('t3', 'guest:2')],
  });
  await guest.newToken();
  assert.equal(await guest.newToken(), 't3');
  assert.deepEqual(asked[2][1], { name: 'Ada' });
  assert.equal(guest.user, 'guest:2');
});

test('a refused name is final and says why', async () => {
  const { guest } = guestWith({ 'http://n1': [status(400, 'No name.')] });
  await assert.rejects(guest.newToken(), TokenRefused);
  assert.equal(guest.problem, 'No name.');
});

test('a server without a demo says so', async () => {
  const { guest } = guestWith({ 'http://n1': [status(404, '')] });
  await assert.rejects(guest.newToken(), TokenRefused);
  assert.match(guest.problem, /demo is off/);
});

test('a limit is waited for, and is no refusal', async () => {
  const waits = [];
  const { guest } = guestWith({ 'http://n1': [status(429, '', { 'Retry-After': '7' })] }, waits);
  await assert.rejects(guest.newToken(), (error) => !(error instanceof TokenRefused));
  assert.deepEqual(waits, [7000]);
  assert.match(guest.problem, /Trying again in 7 s/);
});

test('when nobody answers it is worth trying again', async () => {
  const { guest } = guestWith({ 'http://n1': [down], 'http://n2': [status(503, '')] });
  await assert.rejects(guest.newToken(), (error) => !(error instanceof TokenRefused));
  assert.equal(guest.problem, 'No node answers.');
});
