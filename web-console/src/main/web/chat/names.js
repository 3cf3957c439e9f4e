// @ts-check
/** Names of people and rooms: what is allowed, and how they look. Pure. */

export const NAME_MAX = 32;
export const ROOM_MAX = 32;
export const DEFAULT_ROOM = 'lobby';

/** The style sheet has .tone-0 to .tone-5. */
const TONES = 6;

// Cc and Cf hold the controls and every bidirectional mark; a zero-width joiner is kept,
// because emoji and several scripts need it.
const INVISIBLE = /(?!\u200d)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** The name as the server will keep it. @param {string} raw */
export function cleanName(raw) {
  return raw.replace(INVISIBLE, '').replace(/\s+/g, ' ').trim();
}

/** What is wrong with a name, in words; empty when nothing is. @param {string} raw */
export function nameProblem(raw) {
  const length = [...cleanName(raw)].length;
  if (length === 0) return 'Enter a name, so that others know who speaks.';
  if (length > NAME_MAX) {
    return `That name has ${length} characters (expected: at most ${NAME_MAX}).`;
  }
  return '';
}

/** What is wrong with a room, in words; empty when nothing is. @param {string} room */
export function roomProblem(room) {
  if (/^[a-z0-9-]{1,32}$/.test(room)) return '';
  if (room === '') return 'Enter the name of a room.';
  if (room.length > ROOM_MAX) {
    return `That room has ${room.length} characters (expected: at most ${ROOM_MAX}).`;
  }
  return 'A room is written with lowercase letters a to z, digits and hyphens.';
}

/** What somebody types as a room, nearer to what is allowed. @param {string} raw */
export function tidyRoom(raw) {
  return raw
    .trim()
    .replace(/^#/, '')
    .toLowerCase()
    .replace(/[\s_]+/g, '-');
}

/** "#lobby" → "lobby"; without a valid room it is the lobby. @param {string} hash */
export function roomOfHash(hash) {
  let room = '';
  try {
    room = tidyRoom(decodeURIComponent(hash.replace(/^#/, '')));
  } catch {
    return DEFAULT_ROOM;
  }
  return roomProblem(room) === '' ? room : DEFAULT_ROOM;
}

/** One or two characters that stand for a name. @param {string} name */
export function initials(name) {
  const words = name.split(/[\s._-]+/).filter((word) => word !== '');
  const first = [...(words[0] ?? name)][0] ?? '?';
  const second = words.length > 1 ? [...words[words.length - 1]][0] : '';
  return (first + second).toLocaleUpperCase();
}

/** The same user has the same tone on every page. @param {string} user */
export function toneOf(user) {
  let hash = 7;
  for (const char of user) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 65_521;
  return hash % TONES;
}
