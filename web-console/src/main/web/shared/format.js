// @ts-check
/** Numbers and times in words. Pure: the time that is now is an argument. */

/** Words of a server as a sentence: "wrong password" → "Wrong password." @param {string} words */
export function sentence(words) {
  const text = words.trim();
  if (text === '') return '';
  return text[0].toUpperCase() + text.slice(1) + (/[.!?)…]$/.test(text) ? '' : '.');
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** 1234567 → "1,234,567" @param {number} value */
export function count(value) {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');
}

/** "1 node", "2 nodes" @param {number} value @param {string} noun */
export function plural(value, noun) {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`;
}

/** 999 → "999 B", 1536 → "1.5 KB": steps of 1024, three digits @param {number} bytes */
export function size(bytes) {
  const units = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 ? Math.round(value) : threeDigits(value)} ${units[unit]}`;
}

/** 950 → "950", 12345 → "12.3k", 2500000 → "2.5M" @param {number} value */
export function short(value) {
  const units = ['', 'k', 'M', 'G', 'T'];
  let rest = value;
  let unit = 0;
  while (rest >= 999.5 && unit < units.length - 1) {
    rest /= 1000;
    unit++;
  }
  return unit === 0 ? String(Math.round(rest)) : threeDigits(rest) + units[unit];
}

/** @param {number} value */
function threeDigits(value) {
  if (value >= 99.95) return String(Math.round(value));
  return value.toFixed(1).replace(/\.0$/, '');
}

/** How long something lasts, its two largest units: "14d 2h", "41m", "8s" @param {number} millis */
export function duration(millis) {
  const total = Math.max(0, millis);
  if (total >= DAY) return pair(total, DAY, 'd', HOUR, 'h');
  if (total >= HOUR) return pair(total, HOUR, 'h', MINUTE, 'm');
  if (total >= MINUTE) return pair(total, MINUTE, 'm', SECOND, 's');
  return `${Math.floor(total / SECOND)}s`;
}

/**
 * @param {number} total
 * @param {number} large
 * @param {string} largeName
 * @param {number} small
 * @param {string} smallName
 */
function pair(total, large, largeName, small, smallName) {
  const first = Math.floor(total / large);
  const second = Math.floor((total % large) / small);
  return second === 0 || first >= 100
    ? `${first}${largeName}`
    : `${first}${largeName} ${second}${smallName}`;
}

/** "14:02" in the reader's zone @param {number} millis */
export function clock(millis) {
  const time = new Date(millis);
  return `${two(time.getHours())}:${two(time.getMinutes())}`;
}

/** "14:02:31" in the reader's zone @param {number} millis */
export function clockSeconds(millis) {
  return `${clock(millis)}:${two(new Date(millis).getSeconds())}`;
}

/** "2026-11-20 14:02:31" in the reader's zone @param {number} millis */
export function dateTime(millis) {
  const time = new Date(millis);
  const date = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${date} ${clockSeconds(millis)}`;
}

/** @param {number} value */
const two = (value) => String(value).padStart(2, '0');

/** "0.4 ms", "12 ms", "1.2 s" @param {number | null | undefined} millis */
export function roundTrip(millis) {
  if (millis === null || millis === undefined) return '';
  if (millis >= 999.5) return `${threeDigits(millis / 1000)} s`;
  return millis < 10 && millis % 1 !== 0 ? `${millis.toFixed(1)} ms` : `${Math.round(millis)} ms`;
}
