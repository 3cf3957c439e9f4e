import assert from 'node:assert/strict';
import test from 'node:test';
import { ApiError } from '../../main/web/console/api.js';
import { Poller } from '../../main/web/console/poller.js';
import { Session } from '../../main/web/console/session.js';

/** Timers that run when the test says so. */
class Timers {
  waiting = [];
  later = (run, millis) => {
    const timer = { run, millis };
    this.waiting.push(timer);
    return timer;
  };
  cancel = (timer) => {
    this.waiting = this.waiting.filter((other) => other !== timer);
  };
  async fire() {
    const [timer] = this.waiting.splice(0, 1);
    timer.run();
    await settled();
    return timer.millis;
  }
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

function sessionWith(...answers) {
  const asked = [];
  const timers = new Timers();
  const fetch = async (url, init) => {
    asked.push([url, init]);
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { session: new Session({ changed: () => {}, fetch, ...timers }), asked, timers };
}

const token = (value, ttl = 900) => Response.json({ token: value, ttl });

test('a token goes with every request, and cookies never', async () => {
  const { session, asked } = sessionWith(token('t1'), Response.json({ items: [] }));
  await session.logIn('secret');
  await session.request('GET', '/nodes');
  assert.equal(asked[0][1].body, '{"password":"secret"}');
  assert.equal(asked[1][0], '/admin/api/v1/nodes');
  assert.equal(asked[1][1].headers.Authorization, 'Bearer t1');
  assert.equal(asked[1][1].credentials, 'omit');
});

test('the token is renewed before it ends', async () => {
  const { session, timers, asked } = sessionWith(token('t1'), token('t2'));
  await session.logIn('secret');
  assert.equal(await timers.fire(), 720_000);
  assert.equal(asked[1][0], '/admin/api/v1/session/refresh');
  assert.equal(session.token, 't2');
  assert.equal(timers.waiting.length, 1);
});

test('a renewal that failed is tried again soon', async () => {
  const { session, timers } = sessionWith(token('t1'), new TypeError('down'), token('t2'));
  await session.logIn('secret');
  await timers.fire();
  assert.equal(session.token, 't1');
  assert.equal(await timers.fire(), 5000);
  assert.equal(session.token, 't2');
});

test('a refused token ends the session and says so', async () => {
  const { session, timers } = sessionWith(token('t1'), Response.json({}, { status: 401 }));
  await session.logIn('secret');
  await assert.rejects(session.request('GET', '/nodes'), ApiError);
  assert.equal(session.isOpen, false);
  assert.match(session.endedBecause, /Log in again/);
  assert.equal(timers.waiting.length, 0);
});

test('a refusal of the token from before a renewal ends nothing', async () => {
  const { session } = sessionWith(token('t1'), Response.json({}, { status: 401 }));
  await session.logIn('secret');
  const request = session.request('GET', '/nodes');
  session.token = 't2';
  await assert.rejects(request, ApiError);
  assert.equal(session.isOpen, true);
});

test('a wrong password and a limit come in the words of the server', async () => {
  const limit = Response.json(
    { error: 'Wait.' },
    { status: 429, headers: { 'Retry-After': '30' } },
  );
  const { session } = sessionWith(Response.json({ error: 'Wrong.' }, { status: 401 }), limit);
  await assert.rejects(session.logIn('x'), { message: 'Wrong.', status: 401 });
  await assert.rejects(session.logIn('x'), { message: 'Wait.', retryAfterSeconds: 30 });
  assert.equal(session.isOpen, false);
});

function pollerWith(options = {}) {
  const timers = new Timers();
  const runs = [];
  const task = (signal) =>
    new Promise((resolve) => {
      runs.push({ signal, done: resolve });
      signal.addEventListener('abort', resolve);
    });
  const poller = new Poller(task, {
    intervalMillis: 2000,
    isHidden: () => false,
    ...timers,
    ...options,
  });
  return { poller, runs, timers };
}

test('the next run begins an interval after the last one ended', async () => {
  const { poller, runs, timers } = pollerWith();
  poller.start();
  assert.equal(runs.length, 1);
  assert.equal(timers.waiting.length, 0);
  runs[0].done();
  await settled();
  assert.equal(await timers.fire(), 2000);
  assert.equal(runs.length, 2);
});

test('a run that is asked for replaces the one under way, never joins it', async () => {
  const { poller, runs } = pollerWith();
  poller.start();
  poller.now();
  poller.now();
  assert.equal(runs.length, 1);
  assert.equal(runs[0].signal.aborted, true);
  await settled();
  assert.equal(runs.length, 2);
  assert.equal(runs[1].signal.aborted, false);
});

test('it rests while the page is hidden, and goes on when it is shown', async () => {
  let hidden = false;
  const { poller, runs, timers } = pollerWith({ isHidden: () => hidden });
  poller.start();
  hidden = true;
  runs[0].done();
  await settled();
  assert.equal(timers.waiting.length, 0);
  hidden = false;
  poller.visibilityChanged();
  assert.equal(runs.length, 2);
});

test('it rests while it is paused, but runs when it is asked to', async () => {
  const { poller, runs, timers } = pollerWith();
  poller.start();
  poller.pause();
  runs[0].done();
  await settled();
  assert.equal(timers.waiting.length, 0);
  poller.now();
  assert.equal(runs.length, 2);
});

test('a stopped poller stays still', async () => {
  const { poller, runs, timers } = pollerWith();
  poller.start();
  poller.stop();
  poller.now();
  await settled();
  assert.equal(runs.length, 1);
  assert.equal(timers.waiting.length, 0);
});
