// @ts-check
/** The theme: what the system says until the user chooses, then what the user chose. */

const KEY = 'carillon.theme';

/** @returns {'light' | 'dark'} the scheme that is shown now */
export function currentTheme() {
  const chosen = document.documentElement.dataset.theme;
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** Shows the other scheme and keeps it for the next visit. */
export function toggleTheme() {
  const next = currentTheme() === 'dark' ? 'light' : 'dark';
  document.documentElement.dataset.theme = next;
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // Storage is off: the choice holds for this visit.
  }
  return next;
}
