// @ts-check
/** Icons on a grid of 16, drawn with strokes in the colour of the text. */
import { svg } from 'lit';

/** @param {...string} paths */
const icon =
  (...paths) =>
  () =>
    svg`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">${paths.map(
      (d) => svg`<path d=${d}/>`,
    )}</svg>`;

const CIRCLE = 'M8 2.3a5.7 5.7 0 1 1 0 11.4a5.7 5.7 0 1 1 0-11.4z';

export const bell = icon(
  'M8 2.2c-2.4 0-3.7 1.7-3.7 4v2.3L3 11h10l-1.3-2.5V6.2c0-2.3-1.3-4-3.7-4z',
  'M6.6 13.3a1.5 1.5 0 0 0 2.8 0',
);
export const check = icon('M3.5 8.5l3 3 6-7');
export const warning = icon('M8 2.5 14 13H2z', 'M8 6.5v3M8 11.3v.1');
export const stop = icon(CIRCLE, 'M8 5v3.5M8 10.9v.1');
export const ban = icon(CIRCLE, 'M4 4l8 8');
export const clock = icon(CIRCLE, 'M8 4.8V8l2.2 1.5');
export const close = icon('M4 4l8 8M12 4l-8 8');
export const search = icon('M7 2.7a4.3 4.3 0 1 1 0 8.6a4.3 4.3 0 1 1 0-8.6z', 'M10.3 10.3 14 14');
export const sun = icon(
  'M8 5.2a2.8 2.8 0 1 1 0 5.6a2.8 2.8 0 1 1 0-5.6z',
  'M8 1.5v1.6M8 12.9v1.6M1.5 8h1.6M12.9 8h1.6M3.4 3.4l1.1 1.1M11.5 11.5l1.1 1.1',
  'M12.6 3.4l-1.1 1.1M4.5 11.5l-1.1 1.1',
);
export const moon = icon('M13 9.6A5.6 5.6 0 0 1 6.4 3 5.6 5.6 0 1 0 13 9.6z');
export const leave = icon(
  'M6.5 2.5H3.5a1 1 0 0 0-1 1v9a1 1 0 0 0 1 1h3',
  'M10.5 11l3-3-3-3M13.2 8H6.5',
);
export const people = icon(
  'M6 3a2.5 2.5 0 1 1 0 5a2.5 2.5 0 1 1 0-5z',
  'M1.5 13c.4-2.6 2-4 4.5-4s4.1 1.4 4.5 4',
  'M10.7 3.3a2.4 2.4 0 0 1 0 4.4M12 9.4c1.4.6 2.2 1.8 2.5 3.6',
);
export const hash = icon('M6.3 2.5 4.9 13.5M11.1 2.5 9.7 13.5M2.8 5.8h10.7M2.5 10.2h10.7');
export const nodes = icon(
  'M3.5 2.5h9a1 1 0 0 1 1 1V6a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1V3.5a1 1 0 0 1 1-1z',
  'M3.5 9h9a1 1 0 0 1 1 1v2.5a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1V10a1 1 0 0 1 1-1z',
  'M5 4.75h.1M5 11.25h.1',
);
export const link = icon(
  'M6.8 9.2a2.6 2.6 0 0 0 3.7 0l2.2-2.2a2.6 2.6 0 0 0-3.7-3.7l-.9.9',
  'M9.2 6.8a2.6 2.6 0 0 0-3.7 0L3.3 9a2.6 2.6 0 0 0 3.7 3.7l.9-.9',
);
export const arrowUp = icon('M8 12.5V3.5M4.5 7 8 3.5 11.5 7');
export const arrowDown = icon('M8 3.5v9M4.5 9 8 12.5 11.5 9');
export const previous = icon('M10 3.5 5.5 8l4.5 4.5');
export const next = icon('M6 3.5 10.5 8 6 12.5');
export const pause = icon('M5.7 3.5v9M10.3 3.5v9');
export const play = icon('M5 3.2v9.6L12.5 8z');
