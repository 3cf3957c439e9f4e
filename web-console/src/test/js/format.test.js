import assert from 'node:assert/strict';
import test from 'node:test';
import { count, duration, plural, roundTrip, short, size } from '../../main/web/shared/format.js';
import {
  disconnectWords,
  errorWords,
  isAmbiguous,
  isUnanswered,
  unsubscribeWords,
} from '../../main/web/chat/words.js';

const table = (format, pairs) => {
  for (const [value, words] of pairs) assert.equal(format(value), words, String(value));
};

test('a count has its thousands apart', () => {
  table(count, [
    [0, '0'],
    [999, '999'],
    [1000, '1,000'],
    [1_234_567, '1,234,567'],
  ]);
});

test('one thing is singular', () => {
  assert.equal(plural(1, 'node'), '1 node');
  assert.equal(plural(0, 'node'), '0 nodes');
  assert.equal(plural(1200, 'node'), '1,200 nodes');
});

test('a size has at most three digits', () => {
  table(size, [
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1 KB'],
    [1536, '1.5 KB'],
    [1023 * 1024, '1 MB'],
    [10 * 1024 * 1024, '10 MB'],
    [987.6 * 1024 ** 3, '988 GB'],
  ]);
});

test('a large number is short', () => {
  table(short, [
    [0, '0'],
    [999, '999'],
    [1000, '1k'],
    [12_345, '12.3k'],
    [999_949, '1M'],
    [2_500_000, '2.5M'],
  ]);
});

test('a duration has its two largest units', () => {
  table(duration, [
    [-5, '0s'],
    [59_999, '59s'],
    [60_000, '1m'],
    [61_000, '1m 1s'],
    [3_600_000, '1h'],
    [3_660_000, '1h 1m'],
    [90_000_000, '1d 1h'],
    [100 * 86_400_000 + 3_600_000, '100d'],
  ]);
});

test('a round trip that is not known is empty', () => {
  table(roundTrip, [
    [null, ''],
    [0.42, '0.4 ms'],
    [3, '3 ms'],
    [57.6, '58 ms'],
    [1234, '1.2 s'],
  ]);
});

test('codes become words, unknown ones keep what the server said', () => {
  assert.equal(errorWords({ code: 103 }), 'You are not allowed in this room.');
  assert.equal(errorWords({ code: 1234, message: 'too loud' }), 'Too loud.');
  assert.equal(errorWords({}), 'The server refused it.');
  assert.equal(disconnectWords({ code: 3503 }), 'An operator ended this connection.');
  assert.equal(disconnectWords({ code: 4999, reason: 'bye' }), 'Bye.');
});

test('only an error of the server is certain', () => {
  assert.equal(isAmbiguous({ code: 1 }), true);
  assert.equal(isAmbiguous({ code: 11 }), true);
  assert.equal(isAmbiguous({ code: 100 }), true);
  assert.equal(isUnanswered({ code: 100 }), false);
  assert.equal(isAmbiguous({ code: 103 }), false);
});

test('why a room was left is said in words', () => {
  const byOperator = { code: 2000, reason: 'server unsubscribe' };
  assert.equal(unsubscribeWords(byOperator), 'An operator took you out of this room.');
  assert.equal(unsubscribeWords({ code: 103 }), 'You are not allowed in this room.');
  assert.equal(unsubscribeWords({ code: 2999, reason: 'some reason' }), 'Some reason.');
});
