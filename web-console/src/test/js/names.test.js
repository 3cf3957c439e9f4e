import assert from 'node:assert/strict';
import test from 'node:test';
import {
  cleanName,
  initials,
  nameProblem,
  roomOfHash,
  roomProblem,
  tidyRoom,
  toneOf,
} from '../../main/web/chat/names.js';

test('a name loses controls, bidirectional marks and needless space', () => {
  assert.equal(cleanName('  Ada \u202e\u0007  Lovelace\u2066\n'), 'Ada Lovelace');
  assert.equal(cleanName('\u200b\u200e'), '');
});

test('a name keeps the joiner that emoji are made with', () => {
  assert.equal(cleanName('👩\u200d🚀'), '👩\u200d🚀');
});

test('a name is counted in characters, not in code units', () => {
  assert.equal(nameProblem('😀'.repeat(32)), '');
  assert.match(nameProblem('😀'.repeat(33)), /33 characters \(expected: at most 32\)/);
  assert.match(nameProblem(' \u202e '), /Enter a name/);
});

test('a room is small letters, digits and hyphens', () => {
  for (const room of ['lobby', 'a', '2-fast', 'a'.repeat(32)]) assert.equal(roomProblem(room), '');
  for (const room of ['', 'Lobby', 'a b', 'a:b', 'ä', 'a'.repeat(33)]) {
    assert.notEqual(roomProblem(room), '', room);
  }
});

test('what somebody types becomes a room where that is clear', () => {
  assert.equal(tidyRoom(' #Release Party_2 '), 'release-party-2');
});

test('an address without a valid room means the lobby', () => {
  assert.equal(roomOfHash(''), 'lobby');
  assert.equal(roomOfHash('#ops'), 'ops');
  assert.equal(roomOfHash('#%E0%A4%A'), 'lobby');
  assert.equal(roomOfHash('#<script>'), 'lobby');
});

test('initials are the first characters of the first and last word', () => {
  assert.equal(initials('Ada Lovelace'), 'AL');
  assert.equal(initials('grace'), 'G');
  assert.equal(initials('ana.silva'), 'AS');
  assert.equal(initials('😀 smile'), '😀S');
});

test('a user has one tone of six', () => {
  assert.equal(toneOf('guest:1'), toneOf('guest:1'));
  for (let i = 0; i < 200; i++) assert.ok([0, 1, 2, 3, 4, 5].includes(toneOf(`guest:${i}`)));
});
