import assert from 'node:assert/strict';
import test from 'node:test';
import { refusalWords } from '../../main/web/chat/words.js';
import { bestOrigin, isAmong, reachable } from '../../main/web/shared/origins.js';

const PAGE = 'http://192.0.2.2:8000';
const WIDE = ['172.17.0.1', '192.0.2.2', '10.0.0.1', 'localhost'].map((h) => `http://${h}:8001`);

test("the page's own host goes before the node's order", () => {
  const origins = reachable(WIDE, PAGE);
  assert.deepEqual(origins, [
    'http://192.0.2.2:8001',
    'http://172.17.0.1:8001',
    'http://10.0.0.1:8001',
  ]);
  assert.equal(bestOrigin(WIDE, PAGE), origins[0]);
});

test("the page's own origin goes before its host", () => {
  const urls = ['http://192.0.2.2:9000/', `${PAGE}/`];
  assert.deepEqual(reachable(urls, PAGE), [PAGE, 'http://192.0.2.2:9000']);
});

test('a few addresses of a node are tried, none twice', () => {
  const urls = [1, 1, 2, 3, 4, 5].map((last) => `http://198.51.100.${last}:8000`);
  assert.deepEqual(reachable(urls, PAGE), [urls[0], urls[2], urls[3]]);
});

test('localhost is the machine of the reader, under each of its names', () => {
  assert.deepEqual(reachable(['http://localhost:8001'], PAGE), []);
  assert.equal(bestOrigin(WIDE, 'http://127.0.0.1:8000'), 'http://localhost:8001');
  assert.equal(bestOrigin(WIDE, 'http://[::1]:8000'), 'http://localhost:8001');
});

test('a page keeps to its scheme; a plain one takes a secure address as its last choice', () => {
  const both = ['https://192.0.2.2:8443', 'http://198.51.100.1:8001'];
  assert.deepEqual(reachable(both, PAGE), [both[1]]);
  assert.deepEqual(reachable(both, 'https://192.0.2.2'), [both[0]]);
  assert.deepEqual(reachable([both[0]], PAGE), [both[0]]);
  assert.deepEqual(reachable([both[1]], 'https://192.0.2.2'), []);
});

test('what is no address of the web is left out', () => {
  assert.deepEqual(reachable(['nonsense', 'ftp://192.0.2.2', ''], PAGE), []);
  assert.equal(bestOrigin([], PAGE), '');
});

test('a page is among the URLs by scheme, host and port', () => {
  assert.ok(isAmong(['http://localhost:8000/'], 'http://127.0.0.1:8000'));
  assert.ok(isAmong(['https://chat.example.com:443'], 'https://chat.example.com'));
  assert.ok(!isAmong(WIDE, PAGE));
  assert.ok(!isAmong(['https://192.0.2.2:8000', 'http://192.0.2.3:8000'], PAGE));
});

test('who is refused for its address is told so, and what to do about it', () => {
  assert.match(refusalWords('n1', true), /address is not one of n1's\. .*http_server\.public_urls/);
  assert.match(refusalWords('n1', false), /n1 answers but takes no new connection/);
});
