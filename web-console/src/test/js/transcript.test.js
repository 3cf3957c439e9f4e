import assert from 'node:assert/strict';
import test from 'node:test';
import { ENTRIES_MAX, Transcript } from '../../main/web/chat/transcript.js';

const NOW = 1_700_000_000_000;
const info = (user, name = user) => ({ user, client: `client-of-${user}`, connInfo: { name } });
const publication = (offset, text, user = 'u1', more = {}) => ({
  offset,
  data: { text, ...more },
  info: info(user),
});
const live = { ownUser: 'me', now: NOW, live: true };
const earlier = { ownUser: 'me', now: NOW, live: false, above: true };
const reloaded = { ...earlier, above: false };
const texts = (transcript) => transcript.entries.map((entry) => entry.text);

test('speaker and "mine" come from the info, never from the data', () => {
  const transcript = new Transcript();
  const data = { text: 'hi', user: 'me', name: 'Me', mine: true, connInfo: { name: 'Me' } };
  const message = transcript.add({ offset: 1, data, info: info('u2', 'Grace') }, live);
  assert.equal(message.name, 'Grace');
  assert.equal(message.mine, false);
  assert.equal(transcript.add({ offset: 2, data, info: info('me', 'Ada') }, live).mine, true);
});

test("a publication without info is nobody's", () => {
  const message = new Transcript().add(
    { offset: 1, data: { text: 'x' } },
    { ...live, ownUser: '' },
  );
  assert.equal(message.name, 'Somebody');
  assert.equal(message.mine, false);
});

test('a publication that is known by its offset changes nothing', () => {
  const transcript = new Transcript();
  transcript.add(publication(1, 'one'), live);
  assert.equal(transcript.add(publication(1, 'one'), earlier), null);
  assert.equal(transcript.entries.length, 1);
});

test('a message that was sent twice with one id is shown once', () => {
  const transcript = new Transcript();
  transcript.add(publication(1, 'one', 'u1', { id: 'a' }), live);
  assert.equal(transcript.add(publication(2, 'one', 'u1', { id: 'a' }), live), null);
  assert.notEqual(transcript.add(publication(3, 'other', 'u2', { id: 'a' }), live), null);
});

test('history that comes after live messages and notes stands above them', () => {
  const transcript = new Transcript();
  transcript.note('Grace joined', NOW);
  transcript.add(publication(4, 'four'), live);
  for (const offset of [1, 2, 3, 4]) transcript.add(publication(offset, `h${offset}`), earlier);
  assert.deepEqual(texts(transcript), ['h1', 'h2', 'h3', 'Grace joined', 'four']);
});

test('recovered messages come in the order of the stream', () => {
  const transcript = new Transcript();
  for (const offset of [1, 2, 5, 3, 4]) transcript.add(publication(offset, `${offset}`), live);
  assert.deepEqual(texts(transcript), ['1', '2', '3', '4', '5']);
});

test('the page keeps a bounded number of entries, and does not take dropped ones again', () => {
  const transcript = new Transcript();
  for (let offset = 1; offset <= ENTRIES_MAX + 10; offset++) {
    transcript.add(publication(offset, `${offset}`), live);
  }
  assert.equal(transcript.entries.length, ENTRIES_MAX);
  assert.equal(transcript.entries[0].offset, 11);
  assert.equal(transcript.add(publication(5, '5'), earlier), null);
});

test('what is loaded again after a gap comes below the note about it', () => {
  const transcript = new Transcript();
  transcript.add(publication(5, 'five'), live);
  transcript.note('gap', NOW, true);
  transcript.add(publication(12, 'twelve'), live);
  for (const offset of [5, 10, 11, 12]) transcript.add(publication(offset, `h${offset}`), reloaded);
  assert.deepEqual(texts(transcript), ['five', 'gap', 'h10', 'h11', 'twelve']);
});

test('another stream does not take away what was read, and its offsets begin anew', () => {
  const transcript = new Transcript();
  transcript.add(publication(1, 'old one', 'u1', { id: 'a' }), live);
  transcript.add(publication(2, 'old two'), live);
  transcript.restart();
  transcript.note('gap', NOW, true);
  transcript.add(publication(1, 'old one', 'u1', { id: 'a' }), reloaded);
  transcript.add(publication(2, 'new two'), reloaded);
  assert.deepEqual(texts(transcript), ['old one', 'old two', 'gap', 'new two']);
});

test('a claimed time is shown for what was said before, and only when it can be true', () => {
  const transcript = new Transcript();
  const at = (claim, context) =>
    transcript.add({ ...publication(0, 'x'), data: { text: 'x', at: claim } }, context).at;
  assert.equal(at(NOW - 5000, earlier), NOW - 5000);
  assert.equal(at(NOW + 3_600_000, earlier), null);
  assert.equal(at('yesterday', earlier), null);
  assert.equal(at(NOW - 5000, live), NOW);
});

test('data that is no message is shown as such', () => {
  const transcript = new Transcript();
  for (const data of [null, 7, 'text', { text: 7 }, {}]) {
    assert.match(transcript.add({ data, info: info('u1') }, live).text, /cannot show/);
  }
});
